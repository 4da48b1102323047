package coarsen.viewer.model;

import coarsen.records.EventTime;

/**
 * What is left of readings that are too many to be kept one by one: the least and the greatest of
 * each stretch of event time, with their own times. There are levels of stretches, each four times
 * as long as those of the level before, and each level keeps {@link Level#STRETCHES} of them: the
 * last 4 seconds to the millisecond, the last 16 to 4 ms, and so on to the last millennia. 4 MB,
 * whatever is read.
 */
final class Pyramid {
  private static final long FINEST_MICROS = 1_000;
  private static final int FACTOR_BITS = 2;

  private final Level[] levels;
  private long newest = Long.MIN_VALUE;

  Pyramid() {
    int count = 1;
    long kept = FINEST_MICROS * Level.STRETCHES;
    while (kept < EventTime.MAX_MICROS - EventTime.MIN_MICROS) {
      kept <<= FACTOR_BITS;
      count++;
    }
    levels = new Level[count];
    long micros = FINEST_MICROS;
    for (int i = 0; i < count; i++) {
      levels[i] = new Level(micros);
      micros <<= FACTOR_BITS;
    }
  }

  private Pyramid(Pyramid other) {
    newest = other.newest;
    levels = other.levels.clone();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = levels[i].copy();
    }
  }

  Pyramid copy() {
    return new Pyramid(this);
  }

  void add(long micros, double value) {
    newest = Math.max(newest, micros);
    long stretch = Math.floorDiv(micros, FINEST_MICROS);
    for (Level level : levels) {
      level.add(stretch, micros, value);
      stretch >>= FACTOR_BITS; // Divides towards the past, at a small part of a division's cost.
    }
  }

  /**
   * Hands on the extremes of a range in order of event time, from the finest level that still
   * reaches back to its start.
   */
  void read(Range range, Points points) {
    for (Level level : levels) {
      if (level.reachesBackTo(range.from(), newest) || level == levels[levels.length - 1]) {
        level.read(range.from(), Math.min(range.to(), newest), points);
        return;
      }
    }
  }
}
