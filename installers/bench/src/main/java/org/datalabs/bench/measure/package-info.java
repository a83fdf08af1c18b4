/**
 * What every measurement needs: the programs as users get them, child processes, private displays, folders that go away,
 * and the lines of figures. Each object belongs to the thread that made it.
 */
@NullMarked
package org.datalabs.bench.measure;

import org.jspecify.annotations.NullMarked;
