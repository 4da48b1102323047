package coarsen.viewer.model;

import java.util.Arrays;

/** The least and greatest readings of the last stretches of event time, all equally long. */
final class Level {
  static final int STRETCHES = 1 << 12;

  private static final long NONE = Long.MIN_VALUE;

  private final long length;
  private final long[] numbers;
  private final double[] least;
  private final double[] greatest;
  private final long[] leastAt;
  private final long[] greatestAt;

  /**
   * @param length of a stretch, in microseconds
   */
  Level(long length) {
    this.length = length;
    numbers = new long[STRETCHES];
    Arrays.fill(numbers, NONE);
    least = new double[STRETCHES];
    greatest = new double[STRETCHES];
    leastAt = new long[STRETCHES];
    greatestAt = new long[STRETCHES];
  }

  private Level(Level other) {
    length = other.length;
    numbers = other.numbers.clone();
    least = other.least.clone();
    greatest = other.greatest.clone();
    leastAt = other.leastAt.clone();
    greatestAt = other.greatestAt.clone();
  }

  Level copy() {
    return new Level(this);
  }

  /**
   * Takes a reading, unless a later stretch has the place of its own.
   *
   * @param number of its stretch, counted from 1970
   */
  void add(long number, long micros, double value) {
    int slot = slot(number);
    if (numbers[slot] < number) {
      numbers[slot] = number;
      least[slot] = value;
      greatest[slot] = value;
      leastAt[slot] = micros;
      greatestAt[slot] = micros;
    } else if (numbers[slot] == number) {
      if (value < least[slot]) {
        least[slot] = value;
        leastAt[slot] = micros;
      }
      if (value > greatest[slot]) {
        greatest[slot] = value;
        greatestAt[slot] = micros;
      }
    }
  }

  private static int slot(long number) {
    return (int) (number & (STRETCHES - 1));
  }

  boolean reachesBackTo(long from, long newest) {
    return Math.floorDiv(newest, length) - Math.floorDiv(from, length) < STRETCHES;
  }

  void read(long from, long to, Points points) {
    long last = Math.floorDiv(to, length);
    long first = Math.max(Math.floorDiv(from, length), last - STRETCHES + 1);
    for (long number = first; number <= last; number++) {
      int slot = slot(number);
      if (numbers[slot] == number) {
        if (leastAt[slot] == greatestAt[slot] && least[slot] == greatest[slot]) {
          points.add(leastAt[slot], least[slot]);
        } else if (leastAt[slot] <= greatestAt[slot]) {
          points.add(leastAt[slot], least[slot]);
          points.add(greatestAt[slot], greatest[slot]);
        } else {
          points.add(greatestAt[slot], greatest[slot]);
          points.add(leastAt[slot], least[slot]);
        }
      }
    }
  }
}
