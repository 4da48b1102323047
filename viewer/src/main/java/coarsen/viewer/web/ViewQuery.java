package coarsen.viewer.web;

import coarsen.command.Durations;
import coarsen.records.EventTime;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.VisibleSpan;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The view that a request asks for: the latest {@code points=N} readings or {@code span=5m} of
 * event time, or the range {@code from=…&to=…} in microseconds since 1970; of the series {@code
 * series=…}, with {@code grid=true} each in a plot of its own.
 */
final class ViewQuery {
  private static final long MAX_AMOUNT = 999_999_999; // A duration has up to nine digits.

  private ViewQuery() {}

  /** Writes an extent as a query. */
  static String of(VisibleSpan extent) {
    if (extent instanceof VisibleSpan.LastReadings points) {
      return "points=" + points.count();
    }
    Duration length = ((VisibleSpan.LastTime) extent).length();
    if (length.toMillis() <= MAX_AMOUNT) {
      return "span=" + length.toMillis() + "ms";
    }
    return length.toSeconds() <= MAX_AMOUNT
        ? "span=" + length.toSeconds() + "s"
        : "span=" + length.toMinutes() + "m";
  }

  /**
   * The requested extent.
   *
   * @param otherwise the extent of requests that do not ask for one
   * @throws IllegalArgumentException if a parameter has a wrong value
   */
  static VisibleSpan extent(Map<String, String> query, VisibleSpan otherwise) {
    String points = query.get("points");
    if (points != null) {
      if (!points.matches("\\d{1,6}")
          || Integer.parseInt(points) > VisibleSpan.LastReadings.MAX
          || Integer.parseInt(points) < 1) {
        throw new IllegalArgumentException(
            "points=" + points + " is out of range; write 1 to " + VisibleSpan.LastReadings.MAX);
      }
      return new VisibleSpan.LastReadings(Integer.parseInt(points));
    }
    String span = query.get("span");
    if (span == null) {
      return otherwise;
    }
    Duration length = Durations.parse(span);
    if (length.compareTo(VisibleSpan.LastTime.SHORTEST) < 0
        || length.compareTo(VisibleSpan.LastTime.LONGEST) > 0) {
      throw new IllegalArgumentException("span=" + span + " is out of range; write 1ms to 36500d");
    }
    return new VisibleSpan.LastTime(length);
  }

  /**
   * The requested range; null if there is none.
   *
   * @throws IllegalArgumentException if a parameter has a wrong value
   */
  static @Nullable Range range(Map<String, String> query) {
    String from = query.get("from");
    String to = query.get("to");
    if (from == null && to == null) {
      return null;
    }
    long first = micros("from", from);
    long last = micros("to", to);
    if (first > last) {
      throw new IllegalArgumentException("from=" + from + " is after to=" + to);
    }
    return new Range(first, last);
  }

  /**
   * The requested series: lines of {@code COLOUR:NAME}, such as {@code 1:device=press-04}, with an
   * empty name for all readings.
   *
   * @param otherwise the selection of requests that do not ask for any
   * @throws IllegalArgumentException if the parameter has a wrong value
   */
  static Selection selection(Map<String, String> query, Selection otherwise) {
    String series = query.get("series");
    if (series == null || series.isEmpty()) {
      return otherwise;
    }
    Map<String, Integer> colours = new TreeMap<>();
    for (String line : series.split("\n", -1)) {
      if (!line.matches("(?s)[1-9]:.*")) {
        throw new IllegalArgumentException(
            "series=" + line + " is not known; write COLOUR:NAME, such as 1:device=press-04");
      }
      colours.put(line.substring(2), line.charAt(0) - '0');
    }
    return new Selection.Picked(colours);
  }

  /**
   * Whether each series has a plot of its own.
   *
   * @throws IllegalArgumentException if the parameter has a wrong value
   */
  static boolean grid(Map<String, String> query, boolean otherwise) {
    String grid = query.get("grid");
    if (grid == null) {
      return otherwise;
    }
    if (!grid.equals("true") && !grid.equals("false")) {
      throw new IllegalArgumentException("grid=" + grid + " is not known; write true or false");
    }
    return grid.equals("true");
  }

  private static long micros(String name, @Nullable String text) {
    if (text == null || !text.matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException(
          name + "=" + text + " is not a time; write microseconds since 1970");
    }
    return Math.max(EventTime.MIN_MICROS, Math.min(EventTime.MAX_MICROS, Long.parseLong(text)));
  }
}
