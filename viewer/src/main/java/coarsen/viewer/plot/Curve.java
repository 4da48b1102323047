package coarsen.viewer.plot;

import java.util.Arrays;

/** A growing list of points on both axes, as XChart takes them; NaN breaks the line. */
final class Curve {
  private double[] x = new double[64];
  private double[] y = new double[64];
  private int count;

  void add(double atX, double atY) {
    if (count == x.length) {
      x = Arrays.copyOf(x, count * 2);
      y = Arrays.copyOf(y, count * 2);
    }
    x[count] = atX;
    y[count++] = atY;
  }

  void breakLine() {
    add(Double.NaN, Double.NaN);
  }

  int size() {
    return count;
  }

  double x(int index) {
    return x[index];
  }

  double y(int index) {
    return y[index];
  }

  double[] xs() {
    return Arrays.copyOf(x, count);
  }

  double[] ys() {
    return Arrays.copyOf(y, count);
  }
}
