/**
 * From batches to rows of windows: exact sums that merge in any order, fixed windows, and panes
 * with revisions.
 */
@NullMarked
package coarsen.pipeline.reduce;

import org.jspecify.annotations.NullMarked;
