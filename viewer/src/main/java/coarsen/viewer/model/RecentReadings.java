package coarsen.viewer.model;

import coarsen.records.Reading;

/**
 * The readings of one series: the latest {@link VisibleSpan.LastReadings#MAX} one by one, each
 * (partition, offset, index) once, and the extremes and densities of all others.
 */
final class RecentReadings {
  /**
   * What is drawn of the readings.
   *
   * @param density where they are dense
   */
  record Drawn(Line line, Density density) {}

  private final Latest<Reading> exact;
  private final Pyramid condensed;
  private final DensityPyramid counted;

  RecentReadings() {
    exact = Latest.readings(VisibleSpan.LastReadings.MAX);
    condensed = new Pyramid();
    counted = new DensityPyramid();
  }

  private RecentReadings(RecentReadings other) {
    exact = other.exact.copy();
    condensed = other.condensed.copy();
    counted = other.counted.copy();
  }

  RecentReadings copy() {
    return new RecentReadings(this);
  }

  void add(Reading reading) {
    boolean isRepeated = exact.add(reading);
    condensed.add(reading.tsMicros(), reading.value());
    if (!isRepeated) {
      counted.add(reading.tsMicros(), reading.value());
    }
  }

  boolean isEmpty() {
    return exact.size() == 0;
  }

  /** The event time of the newest reading; fails if there is none. */
  long newest() {
    return exact.newestFirst().iterator().next().tsMicros();
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
    if (isKeptOneByOne(range)) {
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
    condensed.read(range, line);
    return new Drawn(line.build(range), counted.within(range));
  }

  private boolean isKeptOneByOne(Range range) {
    return !exact.isFull() || exact.oldestFirst().iterator().next().tsMicros() < range.from();
  }
}
