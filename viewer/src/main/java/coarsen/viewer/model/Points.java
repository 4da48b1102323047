package coarsen.viewer.model;

import java.util.Arrays;

/** Event times and values, as many as there come. */
final class Points {
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

  Line line(Range range) {
    return Line.through(micros, values, count, range);
  }
}
