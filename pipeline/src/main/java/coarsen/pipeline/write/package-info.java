/** Rows to files that are whole when they become visible, or to topics. */
@NullMarked
package coarsen.pipeline.write;

import org.jspecify.annotations.NullMarked;
