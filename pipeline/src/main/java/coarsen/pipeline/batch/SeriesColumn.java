package coarsen.pipeline.batch;

import coarsen.records.Series;
import java.util.Arrays;

/**
 * The series of a batch's readings. Each distinct one has a number, from 0 in the order in which
 * they came, so that later steps look a series up once in a batch and not once a reading.
 */
public final class SeriesColumn {
  private static final int NONE = -1;

  private int[] ids;
  private int size;
  private Series[] distinct = new Series[16];
  private int distinctCount;

  /** By hash, a number, or {@link #NONE}; at most half full. */
  private int[] slots = emptySlots(32);

  SeriesColumn(int capacity) {
    ids = new int[capacity];
  }

  /** Readings. */
  int size() {
    return size;
  }

  /** The number of reading {@code i}'s series. */
  public int id(int i) {
    return ids[i];
  }

  /** The series of reading {@code i}. */
  public Series of(int i) {
    return distinct[ids[i]];
  }

  /** How many series there are; their numbers are less. */
  public int distinct() {
    return distinctCount;
  }

  /** The series with a number. */
  public Series series(int id) {
    return distinct[id];
  }

  void add(Series series) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(16, 2 * size));
    }
    ids[size++] = idOf(series);
  }

  private int idOf(Series series) {
    int mask = slots.length - 1;
    int slot = series.hashCode() & mask;
    while (slots[slot] != NONE) {
      if (distinct[slots[slot]].equals(series)) {
        return slots[slot];
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = distinctCount;
    return addDistinct(series);
  }

  private int addDistinct(Series series) {
    if (distinctCount == distinct.length) {
      distinct = Arrays.copyOf(distinct, 2 * distinctCount);
      slots = emptySlots(4 * distinctCount);
      for (int id = 0; id < distinctCount; id++) {
        insert(id);
      }
      insert(distinctCount, series);
    }
    distinct[distinctCount] = series;
    return distinctCount++;
  }

  private void insert(int id) {
    insert(id, distinct[id]);
  }

  private void insert(int id, Series series) {
    int mask = slots.length - 1;
    int slot = series.hashCode() & mask;
    while (slots[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id;
  }

  private static int[] emptySlots(int count) {
    int[] empty = new int[count];
    Arrays.fill(empty, NONE);
    return empty;
  }
}
