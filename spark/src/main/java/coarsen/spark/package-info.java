/** The pipeline on Spark, with workarounds for what Beam's runner gets wrong there. */
@NullMarked
package coarsen.spark;

import org.jspecify.annotations.NullMarked;
