package coarsen.viewer.model;

/**
 * A mean and the place where it is drawn.
 *
 * @param mean the newest row of its window
 * @param atMicros its window's end; for an open window, the newest event time within the window
 * @param isGapBefore whether the line breaks, because no row covers the time since the last window
 * @param low the lower edge of the band: the minimum of the window, and of windows in the same
 *     column that are not drawn
 * @param high the upper edge of the band: their maximum
 */
public record MeanPoint(Mean mean, long atMicros, boolean isGapBefore, double low, double high) {}
