package coarsen.viewer.plot;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How pictures are drawn.
 *
 * @param band whether least and greatest readings of the windows are drawn behind their means
 * @param yMin where the value axis begins at the latest; null lets it follow the values
 * @param yMax where the value axis ends, more than {@code yMin}; null lets it follow the values
 * @param zone of the times on the axis
 * @param theme its colours
 */
public record PlotStyle(
    boolean band, @Nullable Double yMin, @Nullable Double yMax, ZoneId zone, Theme theme) {
  /** No band, an axis that follows the values, UTC, light. */
  public static final PlotStyle DEFAULT =
      new PlotStyle(false, null, null, ZoneId.of("UTC"), Theme.LIGHT);

  /** Checks that the limits are finite and in order. */
  public PlotStyle {
    if ((yMin != null && !Double.isFinite(yMin))
        || (yMax != null && !Double.isFinite(yMax))
        || (yMin != null && yMax != null && yMin >= yMax)) {
      throw new IllegalArgumentException("no limits: " + yMin + " to " + yMax);
    }
  }
}
