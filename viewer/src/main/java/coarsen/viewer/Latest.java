package coarsen.viewer;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The last rows in event time, as many as it was made for: rows may come in any order and any
 * number. Of rows that stand for the same thing, the newest is kept. A row that is pushed out can
 * never come back, for the rows after it stay.
 */
final class Latest<R> {
  private final int capacity;
  private final Comparator<R> inTime;
  private final Comparator<R> byAge;
  private final TreeMap<R, R> rows;

  private Latest(int capacity, Comparator<R> inTime, Comparator<R> byAge) {
    this.capacity = capacity;
    this.inTime = inTime;
    this.byAge = byAge;
    this.rows = new TreeMap<>(inTime);
  }

  /**
   * Readings by event time. Partition and offset name a reading; a later run that reads it again
   * finds the same event time in it.
   */
  static Latest<Reading> readings(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparingLong(Reading::tsMicros)
            .thenComparingInt(Reading::partition)
            .thenComparingLong(Reading::offset),
        Comparator.comparingInt(Reading::run));
  }

  /** Windows by their end; of one window, the row with the greatest run and revision. */
  static Latest<WindowSummary> windows(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparingLong(WindowSummary::endMicros)
            .thenComparingLong(WindowSummary::startMicros),
        WindowSummary.BY_AGE);
  }

  void add(R row) {
    if (rows.size() == capacity && inTime.compare(row, rows.firstKey()) < 0) {
      return;
    }
    rows.merge(row, row, (old, other) -> byAge.compare(other, old) < 0 ? old : other);
    if (rows.size() > capacity) {
      rows.pollFirstEntry();
    }
  }

  /** The rows, oldest event time first. */
  List<R> inTimeOrder() {
    return List.copyOf(rows.values());
  }
}
