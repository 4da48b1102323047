/** The pipeline on Flink. */
@NullMarked
package coarsen.flink;

import org.jspecify.annotations.NullMarked;
