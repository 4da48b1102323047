package coarsen.viewer.model;

/**
 * A mean where it is drawn.
 *
 * @param mean the newest row of its window
 * @param atMicros at its window's end; while the window is open, as far as event time has come
 * @param isGapBefore whether there is no row for what is between this window and the one before, so
 *     that the line breaks
 * @param low where the band of least and greatest readings has its lower edge: the least reading of
 *     the window, and of those that fell into the same column and are not drawn
 * @param high its upper edge
 */
public record MeanPoint(Mean mean, long atMicros, boolean isGapBefore, double low, double high) {}
