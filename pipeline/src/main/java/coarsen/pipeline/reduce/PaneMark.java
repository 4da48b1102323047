package coarsen.pipeline.reduce;

import coarsen.records.Pane;

/**
 * Says that the engine fired a pane of a window.
 *
 * @param run the number of the run that writes its rows
 * @param count readings in it, so that none of them is on its way elsewhere when its rows are
 *     written
 * @param isLast whether the window takes no readings any more
 */
record PaneMark(Pane pane, int run, long count, boolean isLast) {}
