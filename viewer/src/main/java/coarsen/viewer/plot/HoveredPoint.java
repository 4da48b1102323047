package coarsen.viewer.plot;

import coarsen.viewer.model.Line;
import coarsen.viewer.model.Mean;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesPicture;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A drawn point near the pointer.
 *
 * @param x its place, in pixels
 * @param y its place, in pixels
 * @param text its description, in one line
 */
public record HoveredPoint(int x, int y, String text) {
  private static final double MAX_DISTANCE = 24;

  /** The nearest reading and the nearest mean of a series, if they are within 24 pixels. */
  static Stream<HoveredPoint> nearest(SeriesPicture series, Plot plot, int x, int y) {
    return Stream.of(
            nearest(
                plot,
                series.originals(),
                words(series, Legend.originals(series), "original"),
                x,
                y),
            nearest(plot, series.means(), words(series, Legend.means(series), "reduced"), x, y))
        .flatMap(Stream::ofNullable);
  }

  private static String words(SeriesPicture series, String label, String kind) {
    return series.colour() == SeriesChoice.ALONE ? label : label + " " + kind;
  }

  private static @Nullable HoveredPoint nearest(Plot plot, Line line, String name, int x, int y) {
    int best = -1;
    double closest = MAX_DISTANCE;
    for (int i = 0; i < line.size(); i++) {
      double distance = plot.distance(line.micros(i), line.value(i), x, y);
      if (distance < closest) {
        closest = distance;
        best = i;
      }
    }
    return best < 0
        ? null
        : plot.hovered(
            line.micros(best),
            line.value(best),
            name + " " + Values.rounded(line.value(best)) + " at " + plot.time(line.micros(best)));
  }

  private static @Nullable HoveredPoint nearest(
      Plot plot, List<MeanPoint> means, String name, int x, int y) {
    MeanPoint best = null;
    double closest = MAX_DISTANCE;
    for (MeanPoint point : means) {
      double distance = plot.distance(point.atMicros(), point.mean().avg(), x, y);
      if (distance < closest) {
        closest = distance;
        best = point;
      }
    }
    return best == null
        ? null
        : plot.hovered(best.atMicros(), best.mean().avg(), name + " " + text(best.mean(), plot));
  }

  private static String text(Mean mean, Plot plot) {
    String state = mean.isOpen() ? ", still open" : mean.isCorrected() ? ", corrected" : "";
    return String.format(
        Locale.ROOT,
        "%s, of %,d from %s to %s, in %s to %s%s",
        Values.rounded(mean.avg()),
        mean.count(),
        Values.rounded(mean.min()),
        Values.rounded(mean.max()),
        plot.time(mean.startMicros()),
        plot.time(mean.endMicros()),
        state);
  }
}
