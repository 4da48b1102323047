package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of all series. Not thread-safe. */
final class SeriesStore {
  private record Rows(RecentReadings readings, RecentMeans means) {
    Rows() {
      this(new RecentReadings(), new RecentMeans());
    }

    Rows copy() {
      return new Rows(readings.copy(), means.copy());
    }
  }

  private final Map<String, Rows> series = new TreeMap<>();

  void add(String name, Reading reading) {
    rows(name).readings().add(reading);
  }

  void add(String name, Mean mean) {
    rows(name).means().add(mean);
  }

  SeriesStore copy() {
    var copy = new SeriesStore();
    series.forEach((name, rows) -> copy.series.put(name, rows.copy()));
    return copy;
  }

  /**
   * The event times that an extent covers now. They end with the newest reading or the end of the
   * newest closed window, whichever is later. For a number of readings they start with the first of
   * these, or with the first window while there are no readings.
   */
  Range range(VisibleSpan extent) {
    if (series.isEmpty()) {
      return new Range(0, 0);
    }
    long newest = newest();
    long from = newest;
    if (extent instanceof VisibleSpan.LastTime span) {
      from = newest - span.micros();
    } else if (extent instanceof VisibleSpan.LastReadings points) {
      from = first(points.count(), newest);
    }
    return new Range(Math.max(from, EventTime.MIN_MICROS), newest);
  }

  Picture picture(Range range, Status status) {
    return picture(range, new VisibleSpan.LastTime(VisibleSpan.LastTime.LONGEST), status);
  }

  /**
   * @param extent a number of readings limits what is drawn of each series
   */
  Picture picture(Range range, VisibleSpan extent, Status status) {
    long newest = newest();
    List<SeriesPicture> drawn = new ArrayList<>();
    series.forEach(
        (name, rows) -> {
          RecentReadings.Drawn readings =
              extent instanceof VisibleSpan.LastReadings points
                  ? rows.readings().last(points.count(), range)
                  : rows.readings().within(range);
          List<Mean> shown = rows.means().rowsWithin(range, newest);
          double count = shown.stream().mapToLong(Mean::count).sum();
          drawn.add(
              new SeriesPicture(
                  name,
                  readings.line(),
                  // Several densities in one place could not be told apart.
                  series.size() == 1 ? readings.density() : Density.EMPTY,
                  rows.means().within(range, newest),
                  count / shown.size()));
        });
    return new Picture(range, drawn, status, false, 0);
  }

  private long newest() {
    long newest = Long.MIN_VALUE;
    for (Rows rows : series.values()) {
      newest = Math.max(newest, rows.means().newestEnd());
      if (!rows.readings().isEmpty()) {
        newest = Math.max(newest, rows.readings().newest());
      }
    }
    if (newest == Long.MIN_VALUE) { // Only open windows.
      for (Rows rows : series.values()) {
        newest = Math.max(newest, rows.means().newestStart());
      }
    }
    return newest;
  }

  private long first(int points, long newest) {
    long first = newest;
    boolean anyReadings = series.values().stream().anyMatch(rows -> !rows.readings().isEmpty());
    for (Rows rows : series.values()) {
      if (!rows.readings().isEmpty()) {
        first = Math.min(first, rows.readings().oldestOfLast(points));
      } else if (!anyReadings) {
        first = Math.min(first, rows.means().oldestEnd());
      }
    }
    return first;
  }

  private Rows rows(String name) {
    return series.computeIfAbsent(name, unused -> new Rows());
  }
}
