package coarsen.viewer.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where readings are so dense that a line through them would be a wall: their values, counted for
 * each column of event time. Immutable.
 *
 * <p>A range has 256 to 1,024 columns, some two pixels each; a range that is no longer kept in such
 * detail has fewer. Their length is 2 µs times a power of four, and they begin at multiples of it,
 * so that they do not change while the range moves. A column is dense with 32 readings, or if it
 * and the columns next to it on either side have 8 on average, so that chance does not decide where
 * readings are just frequent enough. Elsewhere the line is drawn.
 */
public final class Density {
  /** Nothing is dense. */
  public static final Density EMPTY = new Density(0, 0, List.of());

  /** The most columns. */
  static final int MAX_COLUMNS = 1 << 10;

  /** The shortest column is 2 µs long, so the exponents of all are odd. */
  static final int SHORTEST_EXPONENT = 1;

  static final int EXPONENT_STEP = 2;

  /** So many readings in a column are dense, whatever its neighbours have. */
  private static final int MANY = 32;

  /** Columns to each side are dense with so many readings on average. */
  private static final int MIN_AVERAGE = 8;

  private static final int SIDE = 9;

  private final int exponent;
  private final long first;
  private final List<@Nullable Histogram> columns;

  private Density(int exponent, long first, List<@Nullable Histogram> columns) {
    this.exponent = exponent;
    this.first = first;
    this.columns = columns;
  }

  /** The exponent of the length of a range's columns, which is 2 to its power, in microseconds. */
  static int exponent(Range range) {
    int exponent = SHORTEST_EXPONENT;
    while ((range.to() >> exponent) - (range.from() >> exponent) >= MAX_COLUMNS) {
      exponent += EXPONENT_STEP;
    }
    return exponent;
  }

  /** The density of readings, of which the first {@code count} of the arrays are considered. */
  static Density of(long[] micros, double[] values, int count, Range range) {
    int exponent = exponent(range);
    long first = range.from() >> exponent;
    var totals = new long[(int) ((range.to() >> exponent) - first) + 1];
    for (int i = 0; i < count; i++) {
      if (range.contains(micros[i])) {
        totals[(int) ((micros[i] >> exponent) - first)]++;
      }
    }
    boolean[] dense = dense(totals);
    List<@Nullable Histogram> columns = new ArrayList<>(Collections.nCopies(dense.length, null));
    boolean any = false;
    for (int i = 0; i < count; i++) {
      int column = (int) ((micros[i] >> exponent) - first);
      if (range.contains(micros[i]) && dense[column]) {
        Histogram histogram = columns.get(column);
        if (histogram == null) {
          histogram = new Histogram();
          columns.set(column, histogram);
          any = true;
        }
        histogram.add(values[i]);
      }
    }
    return any ? new Density(exponent, first, columns) : EMPTY;
  }

  /**
   * The density of columns that were counted before, which are copied.
   *
   * @param first the number of the first column, counted from 1970
   * @param counted null for columns without readings
   */
  static Density of(int exponent, long first, List<@Nullable Histogram> counted) {
    var totals = new long[counted.size()];
    for (int i = 0; i < totals.length; i++) {
      Histogram histogram = counted.get(i);
      totals[i] = histogram == null ? 0 : histogram.total();
    }
    boolean[] dense = dense(totals);
    List<@Nullable Histogram> columns = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < totals.length; i++) {
      Histogram histogram = dense[i] ? counted.get(i) : null;
      columns.add(histogram == null ? null : histogram.copy());
      any |= histogram != null;
    }
    return any ? new Density(exponent, first, columns) : EMPTY;
  }

  private static boolean[] dense(long[] totals) {
    var before = new long[totals.length + 1];
    for (int i = 0; i < totals.length; i++) {
      before[i + 1] = before[i] + totals[i];
    }
    int side = Math.min(SIDE, totals.length);
    var dense = new boolean[totals.length];
    for (int i = 0; i < totals.length; i++) {
      // At the ends of the range there are not enough columns on one side.
      int left = Math.max(side, i + 1);
      int right = Math.min(totals.length - side, i);
      long least =
          Math.min(before[left] - before[left - side], before[right + side] - before[right]);
      dense[i] = totals[i] >= MANY || (totals[i] > 0 && least >= (long) MIN_AVERAGE * side);
    }
    return dense;
  }

  /** Whether no column is dense. */
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /** The number of columns, from the first to the last of the range. */
  public int columns() {
    return columns.size();
  }

  /** The length of a column in microseconds. */
  public long columnMicros() {
    return 1L << exponent;
  }

  /** The start of a column, by its index from 0, in microseconds since 1970. */
  public long start(int column) {
    return (first + column) << exponent;
  }

  /**
   * Whether the column of an event time is dense; then the readings in it are not drawn as a line.
   */
  public boolean covers(long micros) {
    long column = (micros >> exponent) - first;
    return column >= 0 && column < columns.size() && columns.get((int) column) != null;
  }

  /**
   * How many readings of a column are in each of some rows of values: whole numbers, except that
   * readings whose rows are not told apart any more count in equal shares. All zero where the
   * column is not dense.
   */
  public double[] counts(int column, ValueRows rows) {
    Histogram histogram = columns.get(column);
    return histogram == null ? new double[rows.count()] : histogram.counts(rows);
  }
}
