package coarsen.viewer.model;

import coarsen.records.EventTime;

/**
 * A range of event times in microseconds since 1970, inclusive at both ends.
 *
 * @param from at most {@code to}
 */
public record Range(long from, long to) {
  /** Checks the order of the ends. */
  public Range {
    if (from > to) {
      throw new IllegalArgumentException("not a range: " + from + " to " + to + " µs");
    }
  }

  /** The length in microseconds. */
  public long length() {
    return to - from;
  }

  boolean contains(long micros) {
    return from <= micros && micros <= to;
  }

  /** A range around the same middle, longer by a factor, within the years 1 to 9999. */
  Range scaled(double factor) {
    long half = Math.max(1, Math.round(length() * factor / 2));
    long middle = from + length() / 2;
    return new Range(
        Math.max(EventTime.MIN_MICROS, middle - half),
        Math.min(EventTime.MAX_MICROS, middle + half));
  }
}
