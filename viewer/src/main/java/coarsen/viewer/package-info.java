/**
 * Tails the pipeline's raw and reduced outputs, in folders or topics, and draws both live on one
 * plot, or prints their last rows. {@link coarsen.viewer.Viewer} is the way in for other programs;
 * it knows the records and no pipeline.
 */
@NullMarked
package coarsen.viewer;

import org.jspecify.annotations.NullMarked;
