package coarsen.viewer.verify;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Count, sum and sum of squares in decimal arithmetic, where nothing is rounded: every double is a
 * finite decimal fraction. Mean and deviation are judged by multiplying out, not by dividing.
 */
final class ExactSums {
  private static final MathContext DIGITS = new MathContext(60);

  /** Small whole numbers are added up as longs, some twenty times faster; up to this one. */
  private static final double GREATEST_SMALL = 1 << 20;

  private static final long CARRY_AT = 1L << 62;

  private long count;
  private long smallSum;
  private long smallSquares;
  private BigDecimal otherSum = BigDecimal.ZERO;
  private BigDecimal otherSquares = BigDecimal.ZERO;

  void add(double value) {
    count++;
    if (Math.abs(value) <= GREATEST_SMALL && value == Math.rint(value)) {
      long whole = (long) value;
      smallSum += whole;
      smallSquares += whole * whole; // Not below the sum's magnitude, so neither overflows.
      if (smallSquares >= CARRY_AT) {
        otherSum = sum();
        otherSquares = squares();
        smallSum = 0;
        smallSquares = 0;
      }
    } else {
      var exact = new BigDecimal(value);
      otherSum = otherSum.add(exact);
      otherSquares = otherSquares.add(exact.multiply(exact));
    }
  }

  long count() {
    return count;
  }

  /** The double nearest to the mean; of two that are as near, the even one. */
  double mean() {
    double near = sum().divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
    // 60 digits may end just where two doubles are as near, so the neighbours are tried.
    double best = near;
    for (double other : new double[] {Math.nextDown(near), Math.nextUp(near)}) {
      if (Double.isFinite(other)) {
        int nearer = distance(other).compareTo(distance(best));
        if (nearer < 0 || (nearer == 0 && (Double.doubleToRawLongBits(other) & 1) == 0)) {
          best = other;
        }
      }
    }
    return best;
  }

  /** The population's standard deviation, to 60 digits before it becomes a double. */
  double standardDeviation() {
    return squareOfScaledDeviation()
        .sqrt(DIGITS)
        .divide(BigDecimal.valueOf(count), DIGITS)
        .doubleValue();
  }

  /** Whether the standard deviation lies between the two doubles next to this one. */
  boolean isStandardDeviation(double found) {
    BigDecimal square = squareOfScaledDeviation();
    double below = Math.max(0, Math.nextDown(found));
    double above = Math.nextUp(found);
    return found >= 0
        && scaled(below).pow(2).compareTo(square) <= 0
        && (Double.isInfinite(above) || scaled(above).pow(2).compareTo(square) >= 0);
  }

  /** The mean's distance from a double, times the count. */
  private BigDecimal distance(double from) {
    return sum().subtract(scaled(from)).abs();
  }

  /** (n·σ)² = n·Σx² − (Σx)². */
  private BigDecimal squareOfScaledDeviation() {
    return BigDecimal.valueOf(count).multiply(squares()).subtract(sum().pow(2));
  }

  private BigDecimal scaled(double value) {
    return new BigDecimal(value).multiply(BigDecimal.valueOf(count));
  }

  private BigDecimal sum() {
    return otherSum.add(BigDecimal.valueOf(smallSum));
  }

  private BigDecimal squares() {
    return otherSquares.add(BigDecimal.valueOf(smallSquares));
  }
}
