package coarsen.viewer.model;

import coarsen.records.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one series: the latest one by one, up to a fixed number, each (partition, offset,
 * index) once, and the extremes and densities of all others.
 */
final class RecentReadings {
  /**
   * What is drawn of the readings.
   *
   * @param density where they are dense
   */
  record Drawn(Line line, Density density) {}

  /** How many readings of one series among others are kept one by one. */
  static final int MAX_OF_SERIES = 20_000;

  private final Latest<Reading> exact;

  /** What those that are not kept one by one are kept in; null while there are none. */
  private @Nullable Condensed condensed;

  private record Condensed(Pyramid extremes, DensityPyramid densities) {
    Condensed() {
      this(new Pyramid(), new DensityPyramid());
    }

    void add(Reading reading, boolean isRepeated) {
      extremes.add(reading.tsMicros(), reading.value());
      if (!isRepeated) {
        densities.add(reading.tsMicros(), reading.value());
      }
    }

    Condensed copy() {
      return new Condensed(extremes.copy(), densities.copy());
    }
  }

  /**
   * @param capacity how many readings are kept one by one
   */
  RecentReadings(int capacity) {
    exact = Latest.readings(capacity);
  }

  private RecentReadings(RecentReadings other) {
    exact = other.exact.copy();
    condensed = other.condensed == null ? null : other.condensed.copy();
  }

  RecentReadings copy() {
    return new RecentReadings(this);
  }

  void add(Reading reading) {
    boolean isRepeated = exact.add(reading);
    if (condensed != null) {
      condensed.add(reading, isRepeated);
    } else if (exact.isFull()) {
      // Not before, for it takes megabytes, and most series among many have few readings.
      var begun = new Condensed();
      exact.oldestFirst().forEach(each -> begun.add(each, false));
      condensed = begun;
    }
  }

  boolean isEmpty() {
    return exact.size() == 0;
  }

  /** Whether there are at least so many. */
  boolean has(int count) {
    return exact.size() >= count;
  }

  /** The event time of the oldest of the latest {@code count}; fails if there is none. */
  long oldestOfLast(int count) {
    if (count >= exact.size()) {
      return exact.oldestFirst().iterator().next().tsMicros();
    }
    long oldest = 0;
    int seen = 0;
    for (Reading reading : exact.newestFirst()) {
      oldest = reading.tsMicros();
      if (++seen == count) {
        break;
      }
    }
    return oldest;
  }

  /** The latest {@code count} readings. */
  Drawn last(int count, Range range) {
    var line = new Line.Builder();
    int remaining = count;
    for (Reading reading : exact.newestFirst()) {
      if (remaining-- == 0) {
        break;
      }
      line.add(reading.tsMicros(), reading.value());
    }
    line.reverse();
    return new Drawn(line.build(range), line.density(range));
  }

  /** The readings within a range, and a neighbour on each side, so the line reaches the edges. */
  Drawn within(Range range) {
    var line = new Line.Builder();
    Condensed older = condensed;
    if (older == null || exact.oldestFirst().iterator().next().tsMicros() < range.from()) {
      Reading after = null;
      for (Reading reading : exact.newestFirst()) {
        if (reading.tsMicros() > range.to()) {
          after = reading;
          continue;
        }
        if (after != null) {
          line.add(after.tsMicros(), after.value());
          after = null;
        }
        line.add(reading.tsMicros(), reading.value());
        if (reading.tsMicros() < range.from()) {
          break;
        }
      }
      line.reverse();
      return new Drawn(line.build(range), line.density(range));
    }
    older.extremes().read(range, line);
    return new Drawn(line.build(range), older.densities().within(range));
  }
}
