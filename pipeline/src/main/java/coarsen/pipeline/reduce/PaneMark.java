package coarsen.pipeline.reduce;

import coarsen.records.Pane;
import coarsen.records.RowVersion;

/**
 * Says that the engine fired a pane of a window.
 *
 * @param count readings in it, so that none of them is on its way elsewhere when its rows are
 *     written
 * @param isLast whether the window takes no readings any more
 */
record PaneMark(Pane pane, RowVersion version, long count, boolean isLast) {}
