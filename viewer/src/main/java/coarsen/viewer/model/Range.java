package coarsen.viewer.model;

import coarsen.records.EventTime;

/**
 * A range of event times, in microseconds since 1970; both ends belong to it.
 *
 * @param from at most {@code to}
 */
public record Range(long from, long to) {
  /** Checks that the range is one. */
  public Range {
    if (from > to) {
      throw new IllegalArgumentException("no range: " + from + " to " + to + " µs");
    }
  }

  /** How long it is, in microseconds. */
  public long length() {
    return to - from;
  }

  boolean contains(long micros) {
    return from <= micros && micros <= to;
  }

  /** A range around the same middle, so many times as long and within the years that there are. */
  Range scaled(double factor) {
    long half = Math.max(1, Math.round(length() * factor / 2));
    long middle = from + length() / 2;
    return new Range(
        Math.max(EventTime.MIN_MICROS, middle - half),
        Math.min(EventTime.MAX_MICROS, middle + half));
  }
}
