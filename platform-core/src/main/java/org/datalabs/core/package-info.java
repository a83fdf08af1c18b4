/**
 * What both ends of the platform must agree on: the model, its rules, the wire format of the API and the client.
 * The same rule runs at both ends, so the app refuses at once what a datazone would refuse.
 *
 * <p>Needs the JDK, Jackson, JSpecify and Lucene, nothing else. Values are immutable and may be shared between threads.
 */
@NullMarked
package org.datalabs.core;

import org.jspecify.annotations.NullMarked;
