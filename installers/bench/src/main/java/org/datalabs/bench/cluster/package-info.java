/**
 * The service on a Kubernetes cluster: a launch beside kubectl, and a crowd of sessions on simulated machines. Everything is
 * made in a namespace of the measurement's own and taken away again, also what an earlier one that was killed has left.
 */
@NullMarked
package org.datalabs.bench.cluster;

import org.jspecify.annotations.NullMarked;
