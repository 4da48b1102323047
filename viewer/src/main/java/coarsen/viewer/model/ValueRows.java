package coarsen.viewer.model;

/**
 * Equally high rows of values, which cover a range of them. The height is a power of two, and rows
 * begin at multiples of it, so the bins of a {@link Histogram} lie in them without a remainder.
 *
 * @param exponent of the height, which is 2 to its power
 * @param first the number of the lowest row, counted from 0
 * @param count the number of rows, 1 to {@link #MAX}
 */
public record ValueRows(int exponent, long first, int count) {
  /** The most rows: cells of some four pixels at the default size of a picture. */
  public static final int MAX = 128;

  /** A number of a row or bin has at most so many bits, so that a double holds it exactly. */
  private static final int NUMBER_BITS = 51;

  /**
   * The lowest rows of which at most {@link #MAX} cover a range.
   *
   * @param low a finite value, at most {@code high}
   * @param high a finite value
   */
  public static ValueRows of(double low, double high) {
    int exponent = Math.max(finest(low), finest(high));
    while (number(high, exponent) - number(low, exponent) >= MAX) {
      exponent++;
    }
    long first = number(low, exponent);
    return new ValueRows(exponent, first, (int) (number(high, exponent) - first) + 1);
  }

  /** The least exponent that numbers rows or bins of this value exactly. */
  static int finest(double value) {
    return Math.max(Double.MIN_EXPONENT, Math.getExponent(value) - NUMBER_BITS);
  }

  private static long number(double value, int exponent) {
    return (long) Math.floor(value * Math.scalb(1.0, -exponent));
  }

  /** The height of a row. */
  public double height() {
    return Math.scalb(1.0, exponent);
  }

  /** The lower end of a row, by its index from 0; it belongs to the row, the upper end does not. */
  public double low(int row) {
    return Math.scalb((double) (first + row), exponent);
  }
}
