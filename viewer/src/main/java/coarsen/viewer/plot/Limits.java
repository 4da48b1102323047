package coarsen.viewer.plot;

import coarsen.viewer.model.Line;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.SeriesPicture;

/**
 * The smallest and the largest visible value.
 *
 * @param low at most {@code high}
 */
public record Limits(double low, double high) {
  /** The limits of an axis without values. */
  static final Limits EMPTY = new Limits(0, 1);

  /** The limits of a picture's values within its range. */
  static Limits of(Picture picture, boolean band) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    Range range = picture.range();
    for (SeriesPicture series : picture.series()) {
      Line line = series.originals();
      for (int i = 0; i < line.size(); i++) {
        if (range.from() <= line.micros(i) && line.micros(i) <= range.to()) {
          low = Math.min(low, line.value(i));
          high = Math.max(high, line.value(i));
        }
      }
      for (MeanPoint point : series.means()) {
        if (range.from() <= point.atMicros() && point.atMicros() <= range.to()) {
          low = Math.min(low, band ? point.low() : point.mean().avg());
          high = Math.max(high, band ? point.high() : point.mean().avg());
        }
      }
    }
    return low > high ? EMPTY : new Limits(low, high);
  }

  /** Applies the limits that the user has set, if any. */
  Limits locked(PlotStyle style) {
    double min = style.yMin() == null ? low : style.yMin();
    double max = style.yMax() == null ? high : style.yMax();
    if (min < max || (style.yMin() == null && style.yMax() == null)) {
      return new Limits(min, max);
    }
    // All values are beyond the only limit that was set.
    double room = Math.max(1, Math.abs(min) / 10);
    return style.yMin() == null ? new Limits(max - room, max) : new Limits(min, min + room);
  }
}
