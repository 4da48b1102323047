package coarsen.viewer.model;

import coarsen.records.EventTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of all readings of one series, counted for columns of event time on several levels. A
 * level has columns four times as long as the level before and keeps the last {@link
 * Density#MAX_COLUMNS} of them: the last two seconds at 2 ms, the last 8 at 8 ms, and so on up to
 * millennia. Some 4 MB for an hour of readings and 5 MB for a day; at most 12 MB, after years.
 */
final class DensityPyramid {
  private static final int FINEST_EXPONENT = 11;

  private final List<Level> levels = new ArrayList<>();
  private long newest = Long.MIN_VALUE;

  DensityPyramid() {
    long longest = (EventTime.MAX_MICROS - EventTime.MIN_MICROS) / Density.MAX_COLUMNS;
    int exponent = FINEST_EXPONENT - Density.EXPONENT_STEP;
    do {
      exponent += Density.EXPONENT_STEP;
      levels.add(new Level(exponent));
    } while (1L << exponent <= longest);
  }

  private DensityPyramid(DensityPyramid other) {
    other.passOnAll();
    newest = other.newest;
    other.levels.forEach(level -> levels.add(level.copy()));
  }

  DensityPyramid copy() {
    return new DensityPyramid(this);
  }

  void add(long micros, double value) {
    newest = Math.max(newest, micros);
    waiting(0, micros >> FINEST_EXPONENT).add(value);
  }

  /**
   * What a level has of a column since it last passed on readings. Most readings are in the same
   * column as the one before, so that it is much cheaper to pass them on together.
   */
  private Histogram waiting(int index, long number) {
    Level level = levels.get(index);
    if (level.waitingNumber != number) {
      passOn(index);
      level.waitingNumber = number;
    }
    return level.waiting;
  }

  /** Adds what waits at a level to its column, and lets it wait at the next level. */
  private void passOn(int index) {
    Level level = levels.get(index);
    if (level.waiting.total() > 0) {
      level.takeWaiting();
      if (index + 1 < levels.size()) {
        waiting(index + 1, level.waitingNumber >> Density.EXPONENT_STEP).add(level.waiting);
      }
      level.waiting.clear();
    }
  }

  private void passOnAll() {
    for (int i = 0; i < levels.size(); i++) {
      passOn(i);
    }
  }

  /** The density within a range, from the finest level that still reaches back to its start. */
  Density within(Range range) {
    passOnAll();
    int exponent = Density.exponent(range);
    for (Level level : levels) {
      if (level.exponent >= exponent && level.reachesBackTo(range.from(), newest)) {
        return level.within(range);
      }
    }
    return levels.get(levels.size() - 1).within(range);
  }

  /** A ring: the place of an old column is taken by a later one. */
  private static final class Level {
    private final int exponent;

    /** The number of each slot's column, counted from 1970; of no meaning without a histogram. */
    private final long[] numbers;

    private final @Nullable Histogram[] histograms = new Histogram[Density.MAX_COLUMNS];

    private final Histogram waiting = new Histogram();
    private long waitingNumber;

    Level(int exponent) {
      this.exponent = exponent;
      numbers = new long[Density.MAX_COLUMNS];
    }

    private Level(Level other) {
      exponent = other.exponent;
      numbers = other.numbers.clone();
      for (int i = 0; i < histograms.length; i++) {
        Histogram histogram = other.histograms[i];
        histograms[i] = histogram == null ? null : histogram.copy();
      }
    }

    Level copy() {
      return new Level(this);
    }

    /** Adds what waits, unless a later column has taken the place of its column. */
    void takeWaiting() {
      long number = waitingNumber;
      int slot = slot(number);
      Histogram histogram = histograms[slot];
      if (histogram == null) {
        histogram = new Histogram();
        histograms[slot] = histogram;
        numbers[slot] = number;
      } else if (numbers[slot] < number) {
        histogram.clear();
        numbers[slot] = number;
      }
      if (numbers[slot] == number) {
        histogram.add(waiting);
      }
    }

    private static int slot(long number) {
      return (int) (number & (Density.MAX_COLUMNS - 1));
    }

    boolean reachesBackTo(long from, long newest) {
      return (newest >> exponent) - (from >> exponent) < Density.MAX_COLUMNS;
    }

    Density within(Range range) {
      long last = range.to() >> exponent;
      long first = Math.max(range.from() >> exponent, last - Density.MAX_COLUMNS + 1);
      List<@Nullable Histogram> columns = new ArrayList<>();
      for (long number = first; number <= last; number++) {
        int slot = slot(number);
        columns.add(numbers[slot] == number ? histograms[slot] : null);
      }
      return Density.of(exponent, first, columns);
    }
  }
}
