package coarsen.viewer.model;

import coarsen.records.Reading;

/**
 * The readings of one series: the last {@link VisibleSpan.LastReadings#MOST} one by one, each
 * (partition, offset) once, and the extremes of the older ones.
 */
final class RecentReadings {
  private final Latest<Reading> exact;
  private final Pyramid condensed;

  RecentReadings() {
    exact = Latest.readings(VisibleSpan.LastReadings.MOST);
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

  /** Event time of the newest; not to be asked of no readings. */
  long newest() {
    return exact.newestFirst().iterator().next().tsMicros();
  }

  /** Event time of the oldest of the last ones; not to be asked of no readings. */
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

  /** The last readings, so many. */
  Line last(int count, Range range) {
    var points = new Points();
    int left = count;
    for (Reading reading : exact.newestFirst()) {
      if (left-- == 0) {
        break;
      }
      points.add(reading.tsMicros(), reading.value());
    }
    points.reverse();
    return points.line(range);
  }

  /** What happened in a range, and the neighbours on both sides, so that the line goes on. */
  Line within(Range range) {
    var points = new Points();
    if (isKeptOneByOne(range)) {
      Reading after = null;
      for (Reading reading : exact.newestFirst()) {
        if (reading.tsMicros() > range.to()) {
          after = reading;
          continue;
        }
        if (after != null) {
          points.add(after.tsMicros(), after.value());
          after = null;
        }
        points.add(reading.tsMicros(), reading.value());
        if (reading.tsMicros() < range.from()) {
          break;
        }
      }
      points.reverse();
    } else {
      condensed.read(range, points);
    }
    return points.line(range);
  }

  private boolean isKeptOneByOne(Range range) {
    return !exact.isFull() || exact.oldestFirst().iterator().next().tsMicros() < range.from();
  }
}
