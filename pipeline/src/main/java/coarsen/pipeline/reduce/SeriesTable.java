package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.SeriesColumn;
import coarsen.records.Series;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * The summaries of the series of a window, in columns, a row for each series. An element for each
 * would cost the engine a hundred times as much, and an object for each several times the memory:
 * here a series takes about 90 bytes, its name apart, and twice that while a column grows.
 */
final class SeriesTable {
  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 16;

  private int size;
  private Series[] series;
  private long[] counts;
  private double[] mins;
  private double[] maxs;
  private final SumColumn sums;
  private final SumColumn squares;

  /** Rows that were written as they are now. */
  private final BitSet written;

  /** By hash of the series, a row, or {@link #NONE}; at most half full. */
  private int[] slots;

  /** Of no series. */
  SeriesTable() {
    this(FIRST_CAPACITY);
  }

  private SeriesTable(int capacity) {
    series = new Series[capacity];
    counts = new long[capacity];
    mins = new double[capacity];
    maxs = new double[capacity];
    sums = SumColumn.ofValues(capacity);
    squares = SumColumn.ofSquares(capacity);
    written = new BitSet();
    slots = slots(capacity);
  }

  private SeriesTable(SeriesTable other) {
    size = other.size;
    series = other.series.clone();
    counts = other.counts.clone();
    mins = other.mins.clone();
    maxs = other.maxs.clone();
    sums = other.sums.copy();
    squares = other.squares.copy();
    written = (BitSet) other.written.clone();
    slots = other.slots.clone();
  }

  /** A table with the same rows, which is changed apart. */
  SeriesTable copy() {
    return new SeriesTable(this);
  }

  /** The rows of a batch's series in this table. */
  final class BatchRows {
    private final SeriesColumn column;
    private final int[] rows;

    private BatchRows(SeriesColumn column) {
      this.column = column;
      rows = new int[column.distinct()];
      Arrays.fill(rows, NONE);
    }

    /** Adds reading {@code i} of the batch. */
    void add(int i, double value) {
      int id = column.id(i);
      if (rows[id] == NONE) {
        rows[id] = row(column.series(id));
      }
      SeriesTable.this.add(rows[id], value);
    }
  }

  /** The rows for the series of a batch. */
  BatchRows rows(SeriesColumn column) {
    return new BatchRows(column);
  }

  private void add(int row, double value) {
    counts[row]++;
    mins[row] = Math.min(mins[row], value);
    maxs[row] = Math.max(maxs[row], value);
    sums.add(row, value);
    squares.addSquare(row, value);
  }

  /** Adds what another table holds; its series then count as not written. */
  void add(SeriesTable other) {
    for (int from = 0; from < other.size; from++) {
      int row = row(other.series[from]);
      counts[row] += other.counts[from];
      mins[row] = Math.min(mins[row], other.mins[from]);
      maxs[row] = Math.max(maxs[row], other.maxs[from]);
      sums.add(row, other.sums, from);
      squares.add(row, other.squares, from);
      written.clear(row);
    }
  }

  /** Series. */
  int size() {
    return size;
  }

  Series series(int row) {
    return series[row];
  }

  Summary summary(int row) {
    return new Summary(counts[row], sums.sum(row), squares.sum(row), mins[row], maxs[row]);
  }

  /** Takes all rows, or those that were not written as they are now; they then count as written. */
  void write(boolean all, IntConsumer rows) {
    for (int row = all ? 0 : written.nextClearBit(0);
        row < size;
        row = all ? row + 1 : written.nextClearBit(row + 1)) {
      rows.accept(row);
    }
    written.set(0, size);
  }

  /** The row of a series, new if there is none. */
  private int row(Series of) {
    int slot = slot(of);
    if (slots[slot] != NONE) {
      return slots[slot];
    }
    if (size == series.length) {
      grow();
      slot = slot(of);
    }
    slots[slot] = size;
    series[size] = of;
    mins[size] = Double.POSITIVE_INFINITY;
    maxs[size] = Double.NEGATIVE_INFINITY;
    return size++;
  }

  /** The slot that has the row of a series, or is free for it. */
  private int slot(Series of) {
    int mask = slots.length - 1;
    int slot = of.hashCode() & mask;
    while (slots[slot] != NONE && !series[slots[slot]].equals(of)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, size + size / 2);
    series = Arrays.copyOf(series, capacity);
    counts = Arrays.copyOf(counts, capacity);
    mins = Arrays.copyOf(mins, capacity);
    maxs = Arrays.copyOf(maxs, capacity);
    sums.setCapacity(capacity);
    squares.setCapacity(capacity);
    if (2 * capacity > slots.length) {
      slots = slots(capacity);
      for (int row = 0; row < size; row++) {
        slots[slot(series[row])] = row;
      }
    }
  }

  private static int[] slots(int capacity) {
    int[] slots = new int[Integer.highestOneBit(Math.max(8, capacity) * 4 - 1)];
    Arrays.fill(slots, NONE);
    return slots;
  }

  /** Appends the columns; the names are not in them. */
  byte[] columns() {
    byte[] bits = written.toByteArray();
    var to =
        ByteBuffer.allocate(
            size * 3 * Long.BYTES
                + sums.encodedSize(size)
                + squares.encodedSize(size)
                + bits.length);
    to.asLongBuffer().put(counts, 0, size);
    to.position(size * Long.BYTES);
    to.asDoubleBuffer().put(mins, 0, size).put(maxs, 0, size);
    to.position(3 * size * Long.BYTES);
    sums.encode(size, to);
    squares.encode(size, to);
    to.put(bits);
    return to.array();
  }

  /** The table of these series, each once, with the columns of another table. */
  static SeriesTable of(Series[] series, byte[] columns) {
    var table = new SeriesTable(series.length);
    table.size = series.length;
    table.series = series;
    for (int row = 0; row < series.length; row++) {
      table.slots[table.slot(series[row])] = row;
    }
    var from = ByteBuffer.wrap(columns);
    from.asLongBuffer().get(table.counts);
    from.position(series.length * Long.BYTES);
    from.asDoubleBuffer().get(table.mins).get(table.maxs);
    from.position(3 * series.length * Long.BYTES);
    table.sums.decode(from);
    table.squares.decode(from);
    table.written.or(BitSet.valueOf(from));
    return table;
  }
}
