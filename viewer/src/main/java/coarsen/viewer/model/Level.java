package coarsen.viewer.model;

import java.util.Arrays;

/**
 * The minimum and maximum of each of the last {@link #STRETCHES} stretches of event time, all
 * equally long. A ring: the place of an old stretch is taken by a later one.
 */
final class Level {
  static final int STRETCHES = 1 << 12;

  private static final long NONE = Long.MIN_VALUE;

  private final long length;

  /** The number of each slot's stretch, counted from 1970. */
  private final long[] numbers;

  private final double[] min;
  private final double[] max;
  private final long[] minAt;
  private final long[] maxAt;

  /**
   * @param length of a stretch, in microseconds
   */
  Level(long length) {
    this.length = length;
    numbers = new long[STRETCHES];
    Arrays.fill(numbers, NONE);
    min = new double[STRETCHES];
    max = new double[STRETCHES];
    minAt = new long[STRETCHES];
    maxAt = new long[STRETCHES];
  }

  private Level(Level other) {
    length = other.length;
    numbers = other.numbers.clone();
    min = other.min.clone();
    max = other.max.clone();
    minAt = other.minAt.clone();
    maxAt = other.maxAt.clone();
  }

  Level copy() {
    return new Level(this);
  }

  /**
   * Adds a reading, unless a later stretch has taken the place of its stretch.
   *
   * @param number of its stretch, counted from 1970
   */
  void add(long number, long micros, double value) {
    int slot = slot(number);
    if (numbers[slot] < number) {
      numbers[slot] = number;
      min[slot] = value;
      max[slot] = value;
      minAt[slot] = micros;
      maxAt[slot] = micros;
    } else if (numbers[slot] == number) {
      if (value < min[slot]) {
        min[slot] = value;
        minAt[slot] = micros;
      }
      if (value > max[slot]) {
        max[slot] = value;
        maxAt[slot] = micros;
      }
    }
  }

  private static int slot(long number) {
    return (int) (number & (STRETCHES - 1));
  }

  boolean reachesBackTo(long from, long newest) {
    return Math.floorDiv(newest, length) - Math.floorDiv(from, length) < STRETCHES;
  }

  /** Appends the extremes from one event time to another, in order of event time. */
  void read(long from, long to, Line.Builder line) {
    long last = Math.floorDiv(to, length);
    long first = Math.max(Math.floorDiv(from, length), last - STRETCHES + 1);
    for (long number = first; number <= last; number++) {
      int slot = slot(number);
      if (numbers[slot] == number) {
        if (minAt[slot] == maxAt[slot] && min[slot] == max[slot]) {
          line.add(minAt[slot], min[slot]);
        } else if (minAt[slot] <= maxAt[slot]) {
          line.add(minAt[slot], min[slot]);
          line.add(maxAt[slot], max[slot]);
        } else {
          line.add(maxAt[slot], max[slot]);
          line.add(minAt[slot], min[slot]);
        }
      }
    }
  }
}
