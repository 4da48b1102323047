package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of the series that are kept, {@link #MAX_SERIES} at most besides all readings. Not
 * thread-safe.
 */
final class SeriesStore {
  /** Those of one user, and some that were shown before. */
  static final int MAX_SERIES = Selection.MOST + 4;

  private static final class Rows {
    private final RecentReadings readings;
    private final RecentMeans means;
    private long wanted;

    Rows(RecentReadings readings, RecentMeans means) {
      this.readings = readings;
      this.means = means;
    }

    Rows copy() {
      return new Rows(readings.copy(), means.copy());
    }
  }

  private final Map<String, Rows> series = new TreeMap<>();
  private long newestReading = Long.MIN_VALUE;
  private long newestEnd = Long.MIN_VALUE;
  private long newestStart = Long.MIN_VALUE;
  private long wants;

  /** Adds a reading of a series, which is kept if it was not yet. */
  void add(String name, Reading reading) {
    rows(name).readings.add(reading);
  }

  /** Adds a row of a series, which is kept if it was not yet. */
  void add(String name, Mean mean) {
    rows(name).means.add(mean);
    newestStart = Math.max(newestStart, mean.startMicros());
    if (!mean.isOpen()) {
      newestEnd = Math.max(newestEnd, mean.endMicros());
    }
  }

  /** Takes note of the event time of a reading, whatever its series. */
  void passed(long micros) {
    newestReading = Math.max(newestReading, micros);
  }

  /** Whether there is room for one more series without dropping another. */
  boolean hasRoom() {
    return series.size() - (series.containsKey(Selection.ALL_READINGS) ? 1 : 0) < MAX_SERIES;
  }

  boolean keeps(String name) {
    return series.containsKey(name);
  }

  /** Keeps a series from now on, or for longer. */
  void want(String name) {
    rows(name).wanted = ++wants;
  }

  /** Drops the series that was wanted least recently; returns its name. */
  String dropOne() {
    String oldest = Selection.ALL_READINGS;
    long wanted = Long.MAX_VALUE;
    for (Map.Entry<String, Rows> each : series.entrySet()) {
      if (!each.getKey().equals(Selection.ALL_READINGS) && each.getValue().wanted < wanted) {
        oldest = each.getKey();
        wanted = each.getValue().wanted;
      }
    }
    series.remove(oldest);
    return oldest;
  }

  SeriesStore copy() {
    var copy = new SeriesStore();
    copy.newestReading = newestReading;
    copy.newestEnd = newestEnd;
    copy.newestStart = newestStart;
    series.forEach((name, rows) -> copy.series.put(name, rows.copy()));
    return copy;
  }

  /**
   * The event times that an extent covers now. They end with the newest reading or the end of the
   * newest closed window, of whatever series, whichever is later. For a number of readings they
   * start with the first of these, of the series that has them in the shortest time, or with the
   * first window while there are no readings.
   *
   * @param names the series that are shown
   */
  Range range(VisibleSpan extent, Set<String> names) {
    long newest = newest();
    if (newest == Long.MIN_VALUE) {
      return new Range(0, 0);
    }
    long from = newest;
    if (extent instanceof VisibleSpan.LastTime span) {
      from = newest - span.micros();
    } else if (extent instanceof VisibleSpan.LastReadings points) {
      from = first(points.count(), newest, shown(names));
    }
    return new Range(Math.max(from, EventTime.MIN_MICROS), newest);
  }

  /** What to draw of some series within a range. */
  Picture picture(Range range, SeriesChoice choice, Status status) {
    return picture(range, new VisibleSpan.LastTime(VisibleSpan.LastTime.LONGEST), choice, status);
  }

  /**
   * What to draw of some series within a range.
   *
   * @param extent a number of readings limits what is drawn of each series
   */
  Picture picture(Range range, VisibleSpan extent, SeriesChoice choice, Status status) {
    long newest = newest();
    List<SeriesPicture> drawn = new ArrayList<>();
    choice
        .colours()
        .forEach(
            (name, colour) -> {
              Rows rows = series.get(name);
              if (rows != null) {
                drawn.add(picture(name, colour, rows, range, extent, newest));
              }
            });
    return new Picture(range, drawn, choice, status, false, 0);
  }

  private static SeriesPicture picture(
      String name, int colour, Rows rows, Range range, VisibleSpan extent, long newest) {
    boolean isAlone = colour == SeriesChoice.ALONE;
    RecentReadings.Drawn readings =
        isAlone && extent instanceof VisibleSpan.LastReadings points
            ? rows.readings.last(points.count(), range)
            : rows.readings.within(range);
    List<Mean> shown = rows.means.rowsWithin(range, newest);
    return new SeriesPicture(
        name,
        colour,
        readings.line(),
        readings.density(),
        rows.means.within(range, newest),
        shown.size(),
        shown.stream().mapToLong(Mean::count).sum());
  }

  private long newest() {
    long newest = Math.max(newestReading, newestEnd);
    return newest == Long.MIN_VALUE ? newestStart : newest; // Only open windows.
  }

  private static long first(int points, long newest, Collection<Rows> shown) {
    boolean anyReadings = shown.stream().anyMatch(rows -> !rows.readings.isEmpty());
    long first = newest;
    long firstOfMany = Long.MIN_VALUE;
    for (Rows rows : shown) {
      if (!rows.readings.isEmpty()) {
        long oldest = rows.readings.oldestOfLast(points);
        first = Math.min(first, oldest);
        if (rows.readings.has(points)) {
          firstOfMany = Math.max(firstOfMany, oldest);
        }
      } else if (!anyReadings && !rows.means.isEmpty()) {
        first = Math.min(first, rows.means.oldestEnd());
      }
    }
    return Math.max(first, firstOfMany);
  }

  private List<Rows> shown(Set<String> names) {
    List<Rows> shown = new ArrayList<>();
    for (String name : names) {
      Rows rows = series.get(name);
      if (rows != null) {
        shown.add(rows);
      }
    }
    return shown;
  }

  private Rows rows(String name) {
    return series.computeIfAbsent(
        name,
        unused ->
            new Rows(
                new RecentReadings(
                    name.equals(Selection.ALL_READINGS)
                        ? VisibleSpan.LastReadings.MAX
                        : RecentReadings.MAX_OF_SERIES),
                new RecentMeans()));
  }
}
