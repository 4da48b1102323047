package coarsen.viewer.plot;

import coarsen.viewer.model.Line;
import coarsen.viewer.model.Mean;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.SeriesPicture;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A point that was drawn, and what there is to say about it.
 *
 * @param x where it is, in pixels
 * @param y where it is, in pixels
 * @param text one line for people
 */
public record Hit(int x, int y, String text) {
  private static final double REACH = 24;
  private static final int DIGITS = 6;

  /** The reading and the mean of a series that are closest to a place, if they are close. */
  static Stream<Hit> nearest(SeriesPicture series, Plot plot, int x, int y) {
    return Stream.of(
            nearest(plot, series.originals(), series.name(), x, y),
            nearest(plot, series.means(), series.name(), x, y))
        .flatMap(Stream::ofNullable);
  }

  private static @Nullable Hit nearest(Plot plot, Line line, String name, int x, int y) {
    int best = -1;
    double closest = REACH;
    for (int i = 0; i < line.size(); i++) {
      double distance = plot.distance(line.micros(i), line.value(i), x, y);
      if (distance < closest) {
        closest = distance;
        best = i;
      }
    }
    return best < 0
        ? null
        : plot.hit(
            line.micros(best),
            line.value(best),
            Legend.originals(name)
                + " "
                + rounded(line.value(best))
                + " at "
                + plot.time(line.micros(best)));
  }

  private static @Nullable Hit nearest(
      Plot plot, List<MeanPoint> means, String name, int x, int y) {
    MeanPoint best = null;
    double closest = REACH;
    for (MeanPoint point : means) {
      double distance = plot.distance(point.atMicros(), point.mean().avg(), x, y);
      if (distance < closest) {
        closest = distance;
        best = point;
      }
    }
    return best == null
        ? null
        : plot.hit(
            best.atMicros(), best.mean().avg(), Legend.means(name) + " " + text(best.mean(), plot));
  }

  private static String text(Mean mean, Plot plot) {
    String state = mean.isOpen() ? ", still open" : mean.isCorrected() ? ", corrected" : "";
    return String.format(
        Locale.ROOT,
        "%s, of %,d from %s to %s, in %s to %s%s",
        rounded(mean.avg()),
        mean.count(),
        rounded(mean.min()),
        rounded(mean.max()),
        plot.time(mean.startMicros()),
        plot.time(mean.endMicros()),
        state);
  }

  private static String rounded(double value) {
    BigDecimal shown = BigDecimal.valueOf(value).round(new MathContext(DIGITS));
    BigDecimal bare = shown.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    boolean plain = value == 0 || (exponent >= -7 && exponent < 15);
    return plain ? bare.toPlainString() : bare.toString();
  }
}
