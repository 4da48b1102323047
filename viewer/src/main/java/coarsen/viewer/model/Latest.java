package coarsen.viewer.model;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The last rows in event time, as many as it was made for: rows may come in any order and any
 * number. Of rows that stand for the same thing, the newest is kept. A row that is pushed out can
 * never come back, for the rows after it stay. For one thread.
 */
public final class Latest<R> {
  private final int capacity;
  private final Comparator<R> inTime;
  private final Comparator<R> byAge;
  private final TreeMap<R, R> rows;

  /**
   * @param inTime puts rows in order of event time; rows that it finds equal stand for the same
   * @param byAge of those, puts the oldest first
   */
  Latest(int capacity, Comparator<R> inTime, Comparator<R> byAge) {
    this.capacity = capacity;
    this.inTime = inTime;
    this.byAge = byAge;
    this.rows = new TreeMap<>(inTime);
  }

  private Latest(Latest<R> other) {
    this.capacity = other.capacity;
    this.inTime = other.inTime;
    this.byAge = other.byAge;
    this.rows = new TreeMap<>(other.rows);
  }

  /**
   * RecentReadings by event time. Partition and offset name a reading; a later run that reads it
   * again finds the same event time in it.
   */
  public static Latest<Reading> readings(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparingLong(Reading::tsMicros)
            .thenComparingInt(Reading::partition)
            .thenComparingLong(Reading::offset),
        Comparator.comparingInt(Reading::run));
  }

  /** Windows by their end; of one window, the row with the greatest run and revision. */
  public static Latest<WindowSummary> windows(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparing(WindowSummary::window),
        Comparator.comparing(WindowSummary::version));
  }

  /** Takes a row. */
  public void add(R row) {
    if (isFull() && inTime.compare(row, rows.firstKey()) < 0) {
      return;
    }
    R old = rows.put(row, row);
    if (old != null && byAge.compare(row, old) < 0) {
      rows.put(old, old);
    }
    if (rows.size() > capacity) {
      rows.pollFirstEntry();
    }
  }

  /** The rows, oldest event time first. */
  public List<R> inTimeOrder() {
    return List.copyOf(rows.values());
  }

  Collection<R> oldestFirst() {
    return rows.values();
  }

  Collection<R> newestFirst() {
    return rows.descendingMap().values();
  }

  /** Whether rows may have been pushed out. */
  boolean isFull() {
    return rows.size() == capacity;
  }

  int size() {
    return rows.size();
  }

  Latest<R> copy() {
    return new Latest<>(this);
  }
}
