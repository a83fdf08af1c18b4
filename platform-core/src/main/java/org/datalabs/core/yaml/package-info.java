/**
 * YAML files of people, read strictly: into nodes with places, then field by field. Every mistake is noted where it stands
 * and reading goes on, with values that nobody sees since a file with a mistake yields none. Objects belong to the thread
 * that reads.
 */
@NullMarked
package org.datalabs.core.yaml;

import org.jspecify.annotations.NullMarked;
