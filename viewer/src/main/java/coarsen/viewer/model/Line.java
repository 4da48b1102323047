package coarsen.viewer.model;

import java.util.Arrays;

/**
 * Readings as a line to draw: points in order of event time, at most {@link #MAX_POINTS} of them.
 * Immutable.
 *
 * <p>Of more readings, the minimum and the maximum of each column are kept, at their own times. A
 * column is a thousandth of the visible range, rounded up to a microsecond: about a pixel. So no
 * spike is lost, and none flickers because of which readings happened to be sampled.
 *
 * <p>The line breaks at a gap: two points further apart than 20 times the median distance of
 * neighbours and than 5 times the 95th percentile of that distance. The second condition keeps
 * bursts and irregular readings connected.
 */
public final class Line {
  /** The maximum number of points of a line. */
  public static final int MAX_POINTS = 2_000;

  /** A line without points. */
  public static final Line EMPTY = new Line(new long[0], new double[0]);

  /** Leaves room for partial columns at both ends, and for a neighbour on each side. */
  private static final int COLUMNS = MAX_POINTS / 2 - 4;

  private static final int MIN_DISTANCES = 3;
  private static final double GAP_IN_MEDIANS = 20;
  private static final double PERCENTILE = 0.95;
  private static final double GAP_IN_PERCENTILES = 5;

  private final long[] micros;
  private final double[] values;
  private final double gap;

  private Line(long[] micros, double[] values) {
    this.micros = micros;
    this.values = values;
    this.gap = gap(micros);
  }

  /** Collects the readings of a line. */
  static final class Builder {
    private long[] micros = new long[256];
    private double[] values = new double[256];
    private int count;

    void add(long at, double value) {
      if (count == micros.length) {
        micros = Arrays.copyOf(micros, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      micros[count] = at;
      values[count++] = value;
    }

    /** Turns readings that were added newest first into the order of event time. */
    void reverse() {
      for (int i = 0, j = count - 1; i < j; i++, j--) {
        long at = micros[i];
        micros[i] = micros[j];
        micros[j] = at;
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
      }
    }

    /** The density of the readings within a range. */
    Density density(Range range) {
      return Density.of(micros, values, count, range);
    }

    /**
     * The line through the readings, which must be in order of event time.
     *
     * @param range what is visible; a column is a thousandth of it
     */
    Line build(Range range) {
      return count <= MAX_POINTS
          ? new Line(Arrays.copyOf(micros, count), Arrays.copyOf(values, count))
          : condensed(micros, values, count, range);
    }
  }

  private static Line condensed(long[] micros, double[] values, int count, Range range) {
    // Columns are fixed in event time while the range moves, or the line would flicker.
    long column = range.length() / COLUMNS + 1;
    var xs = new long[MAX_POINTS];
    var ys = new double[MAX_POINTS];
    int kept = 0;
    int from = 0;
    while (from < count) {
      int to = from + 1;
      int min = from;
      int max = from;
      long number = Math.floorDiv(micros[from], column);
      while (to < count && Math.floorDiv(micros[to], column) == number) {
        min = values[to] < values[min] ? to : min;
        max = values[to] > values[max] ? to : max;
        to++;
      }
      int first = Math.min(min, max);
      int second = Math.max(min, max);
      xs[kept] = micros[first];
      ys[kept++] = values[first];
      if (second != first) {
        xs[kept] = micros[second];
        ys[kept++] = values[second];
      }
      from = to;
    }
    return new Line(Arrays.copyOf(xs, kept), Arrays.copyOf(ys, kept));
  }

  private static double gap(long[] micros) {
    long[] distances = new long[Math.max(0, micros.length - 1)];
    int count = 0;
    for (int i = 1; i < micros.length; i++) {
      long distance = micros[i] - micros[i - 1];
      if (distance > 0) {
        distances[count++] = distance;
      }
    }
    if (count < MIN_DISTANCES) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.sort(distances, 0, count);
    return Math.max(
        distances[count / 2] * GAP_IN_MEDIANS,
        distances[(int) ((count - 1) * PERCENTILE)] * GAP_IN_PERCENTILES);
  }

  /** The number of points. */
  public int size() {
    return micros.length;
  }

  /** The event time of a point, in microseconds since 1970. */
  public long micros(int index) {
    return micros[index];
  }

  /** The value of a point. */
  public double value(int index) {
    return values[index];
  }

  /** Whether the line breaks between a point and the one before it. */
  public boolean isGapBefore(int index) {
    return index > 0 && micros[index] - micros[index - 1] > gap;
  }
}
