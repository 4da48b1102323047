package coarsen.viewer.model;

import java.util.Arrays;

/**
 * RecentReadings as a line that can be drawn: points in order of event time, at most {@link
 * #MOST_POINTS} of them. Never changes.
 *
 * <p>Of more readings, the least and the greatest of each column are kept, at their own times: a
 * column is a thousandth of what is shown, rounded up to a microsecond, so that it is about as wide
 * as a pixel. No spike is lost, and none appears or goes because of which readings happened to be
 * picked.
 *
 * <p>The line breaks where nothing is known: between two points further apart than 20 times the
 * median distance of neighbours and than 5 times the distance that 95 of 100 neighbours stay below.
 * The second keeps bursts and irregular readings whole.
 */
public final class Line {
  /** The most points of a line. */
  public static final int MOST_POINTS = 2_000;

  /** A line without points. */
  public static final Line EMPTY = new Line(new long[0], new double[0]);

  /** The range may begin and end within a column, and has a neighbour on each side. */
  private static final int COLUMNS = MOST_POINTS / 2 - 4;

  private static final int LEAST_DISTANCES = 3;
  private static final double MEDIANS_TO_A_GAP = 20;
  private static final double USUAL_SHARE = 0.95;
  private static final double USUALS_TO_A_GAP = 5;

  private final long[] micros;
  private final double[] values;
  private final double gap;

  private Line(long[] micros, double[] values) {
    this.micros = micros;
    this.values = values;
    this.gap = gap(micros);
  }

  /**
   * A line through some readings.
   *
   * @param micros event times, the first {@code count} of them, in order
   * @param values as many
   * @param range what is shown; columns are a thousandth of it
   */
  static Line through(long[] micros, double[] values, int count, Range range) {
    if (count <= MOST_POINTS) {
      return new Line(Arrays.copyOf(micros, count), Arrays.copyOf(values, count));
    }
    // Columns stand still in event time while the range moves on, or the line would flicker.
    long column = range.length() / COLUMNS + 1;
    var xs = new long[MOST_POINTS];
    var ys = new double[MOST_POINTS];
    int kept = 0;
    int from = 0;
    while (from < count) {
      int to = from + 1;
      int least = from;
      int greatest = from;
      long number = Math.floorDiv(micros[from], column);
      while (to < count && Math.floorDiv(micros[to], column) == number) {
        least = values[to] < values[least] ? to : least;
        greatest = values[to] > values[greatest] ? to : greatest;
        to++;
      }
      int first = Math.min(least, greatest);
      int second = Math.max(least, greatest);
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
    if (count < LEAST_DISTANCES) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.sort(distances, 0, count);
    return Math.max(
        distances[count / 2] * MEDIANS_TO_A_GAP,
        distances[(int) ((count - 1) * USUAL_SHARE)] * USUALS_TO_A_GAP);
  }

  /** How many points there are. */
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
