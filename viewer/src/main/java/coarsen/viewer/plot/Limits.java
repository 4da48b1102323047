package coarsen.viewer.plot;

import coarsen.viewer.model.Line;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.SeriesPicture;

/**
 * The least and the greatest value that are to be seen.
 *
 * @param low at most {@code high}
 */
public record Limits(double low, double high) {
  /** What an axis shows without any values. */
  static final Limits OF_NOTHING = new Limits(0, 1);

  /** The values of a picture that are within its range of time. */
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
    return low > high ? OF_NOTHING : new Limits(low, high);
  }

  /** Takes the limits that were asked for in place of those of the values. */
  Limits locked(PlotStyle look) {
    double least = look.yMin() == null ? low : look.yMin();
    double greatest = look.yMax() == null ? high : look.yMax();
    if (least < greatest) {
      return new Limits(least, greatest);
    }
    // All values are beyond the one limit that was asked for.
    double room = Math.max(1, Math.abs(least) / 10);
    return look.yMin() == null
        ? new Limits(greatest - room, greatest)
        : new Limits(least, least + room);
  }
}
