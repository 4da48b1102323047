package coarsen.viewer.model;

import coarsen.records.EventTime;

/**
 * A summary of readings that are too many to be kept one by one: the minimum and the maximum of
 * each stretch of event time, with their own times. Each level has stretches four times as long as
 * the level before and keeps the last {@link Level#STRETCHES} of them: the last 4 seconds at 1 ms,
 * the last 16 at 4 ms, and so on up to millennia. Always 4 MB.
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
      stretch >>= FACTOR_BITS; // A floor division, but much cheaper.
    }
  }

  /**
   * Appends the extremes of a range in order of event time, from the finest level that still
   * reaches back to its start.
   */
  void read(Range range, Line.Builder line) {
    for (Level level : levels) {
      if (level.reachesBackTo(range.from(), newest) || level == levels[levels.length - 1]) {
        level.read(range.from(), Math.min(range.to(), newest), line);
        return;
      }
    }
  }
}
