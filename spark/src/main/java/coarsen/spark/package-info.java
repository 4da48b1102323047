/** The pipeline on Spark: what Beam's runner does wrong there, and the cure. */
@NullMarked
package coarsen.spark;

import org.jspecify.annotations.NullMarked;
