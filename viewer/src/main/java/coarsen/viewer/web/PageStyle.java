package coarsen.viewer.web;

import coarsen.viewer.plot.PlotStyle;

/**
 * How the page draws.
 *
 * @param look what the user asked for
 * @param browserChooses whether the colours are those that each browser prefers, light or dark; the
 *     theme of {@code look} is then that of charts alone
 */
public record PageStyle(PlotStyle look, boolean browserChooses) {}
