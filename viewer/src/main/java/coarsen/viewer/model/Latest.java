package coarsen.viewer.model;

import coarsen.records.Reading;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The latest rows by event time, up to a fixed number; rows may be added in any order. Of rows that
 * describe the same thing, the newest is kept. A row that was evicted can't return, for only later
 * rows evict it, and they stay. Not thread-safe.
 */
public final class Latest<R> {
  private final int capacity;
  private final Comparator<R> byEventTime;
  private final Comparator<R> byAge;
  private final TreeMap<R, R> rows;

  /**
   * @param byEventTime orders by event time; rows that compare equal describe the same thing
   * @param byAge orders those, oldest first
   */
  Latest(int capacity, Comparator<R> byEventTime, Comparator<R> byAge) {
    this.capacity = capacity;
    this.byEventTime = byEventTime;
    this.byAge = byAge;
    this.rows = new TreeMap<>(byEventTime);
  }

  private Latest(Latest<R> other) {
    this.capacity = other.capacity;
    this.byEventTime = other.byEventTime;
    this.byAge = other.byAge;
    this.rows = new TreeMap<>(other.rows);
  }

  /**
   * The latest readings. Partition, offset and index identify a reading; a later run that reads it
   * again finds the same event time.
   */
  public static Latest<Reading> readings(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparingLong(Reading::tsMicros)
            .thenComparingInt(Reading::partition)
            .thenComparingLong(Reading::offset)
            .thenComparingInt(Reading::index),
        Comparator.comparingInt(Reading::run));
  }

  /**
   * The latest windows by their end, and in each all readings before the series by name; of each,
   * the row with the highest run and revision.
   */
  public static Latest<WindowSummary> windows(int capacity) {
    return new Latest<>(
        capacity,
        Comparator.comparing(WindowSummary::window).thenComparing(Latest::seriesName),
        Comparator.comparing(WindowSummary::version));
  }

  /**
   * Adds a row, unless it is older than all rows of a full collection.
   *
   * @return whether another row that describes the same thing is there already
   */
  public boolean add(R row) {
    if (isFull() && byEventTime.compare(row, rows.firstKey()) < 0) {
      return false;
    }
    R old = rows.put(row, row);
    if (old != null && byAge.compare(row, old) < 0) {
      rows.put(old, old);
    }
    if (rows.size() > capacity) {
      rows.pollFirstEntry();
    }
    return old != null;
  }

  /** The rows, oldest event time first. */
  public List<R> inTimeOrder() {
    return List.copyOf(rows.values());
  }

  private static String seriesName(WindowSummary row) {
    Series series = row.series();
    return series == null ? "" : series.text();
  }

  Collection<R> oldestFirst() {
    return rows.values();
  }

  Collection<R> newestFirst() {
    return rows.descendingMap().values();
  }

  /** Whether rows may have been evicted. */
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
