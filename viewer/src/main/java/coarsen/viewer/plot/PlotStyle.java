package coarsen.viewer.plot;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How pictures are drawn.
 *
 * @param band whether the band from minimum to maximum of each window is drawn behind the means
 * @param yMin the lower end of the value axis; null to follow the values
 * @param yMax the upper end of the value axis, more than {@code yMin}; null to follow the values
 * @param grid whether each series has a plot of its own
 * @param zone the time zone of the time axis
 * @param theme the colours
 */
public record PlotStyle(
    boolean band,
    @Nullable Double yMin,
    @Nullable Double yMax,
    boolean grid,
    ZoneId zone,
    Theme theme) {
  /** No band, an axis that follows the values, UTC, light. */
  public static final PlotStyle DEFAULT =
      new PlotStyle(false, null, null, false, ZoneId.of("UTC"), Theme.LIGHT);

  /** This style with other colours. */
  public PlotStyle with(Theme other) {
    return new PlotStyle(band, yMin, yMax, grid, zone, other);
  }

  /** This style with a plot for each series, or one for all. */
  public PlotStyle withGrid(boolean other) {
    return new PlotStyle(band, yMin, yMax, other, zone, theme);
  }

  /** Checks that the limits are finite and in order. */
  public PlotStyle {
    if ((yMin != null && !Double.isFinite(yMin))
        || (yMax != null && !Double.isFinite(yMax))
        || (yMin != null && yMax != null && yMin >= yMax)) {
      throw new IllegalArgumentException("not limits: " + yMin + " to " + yMax);
    }
  }
}
