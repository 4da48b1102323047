package coarsen.viewer.model;

import coarsen.records.Reading;

/**
 * The readings of one series: the latest {@link VisibleSpan.LastReadings#MAX} one by one, each
 * (partition, offset, index) once, and the extremes of all others.
 */
final class RecentReadings {
  private final Latest<Reading> exact;
  private final Pyramid condensed;

  RecentReadings() {
    exact = Latest.readings(VisibleSpan.LastReadings.MAX);
    condensed = new Pyramid();
  }

  private RecentReadings(RecentReadings other) {
    exact = other.exact.copy();
    condensed = other.condensed.copy();
  }

  RecentReadings copy() {
    return new RecentReadings(this);
  }

  void add(Reading reading) {
    exact.add(reading);
    condensed.add(reading.tsMicros(), reading.value());
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
  Line last(int count, Range range) {
    var line = new Line.Builder();
    int remaining = count;
    for (Reading reading : exact.newestFirst()) {
      if (remaining-- == 0) {
        break;
      }
      line.add(reading.tsMicros(), reading.value());
    }
    line.reverse();
    return line.build(range);
  }

  /** The readings within a range, and a neighbour on each side, so the line reaches the edges. */
  Line within(Range range) {
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
    } else {
      condensed.read(range, line);
    }
    return line.build(range);
  }

  private boolean isKeptOneByOne(Range range) {
    return !exact.isFull() || exact.oldestFirst().iterator().next().tsMicros() < range.from();
  }
}
