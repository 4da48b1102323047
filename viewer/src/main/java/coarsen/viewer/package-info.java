/**
 * Follows the pipeline's raw and reduced outputs, in folders or topics, and draws both live on one
 * plot; prints their last rows; verifies them. {@link coarsen.viewer.Viewer} is the entry point for
 * other programs; it depends on the records, not on the pipeline.
 */
@NullMarked
package coarsen.viewer;

import org.jspecify.annotations.NullMarked;
