package coarsen.viewer.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Count, sum and sum of squares without rounding: in whole units of a power of two, which shrinks
 * to fit the finest reading. Mean and deviation are then judged in decimal arithmetic, by
 * multiplying out instead of dividing. Shares no code with the pipeline, which it checks.
 */
final class ExactSums {
  private static final MathContext DIGITS = new MathContext(60);

  /** Whole numbers up to this one are added up as longs, several times faster. */
  private static final double MAX_SMALL = 1 << 20;

  private static final int FRACTION_BITS = 52;
  private static final long CARRY_AT = 1L << 62;

  private long count;
  private long smallSum;
  private long smallSquares;
  private BigInteger units = BigInteger.ZERO;
  private BigInteger squaredUnits = BigInteger.ZERO;

  /** A unit is 2^exponent, a squared unit 2^(2·exponent). */
  private int exponent;

  void add(double value) {
    count++;
    if (Math.abs(value) <= MAX_SMALL && value == Math.rint(value)) {
      long whole = (long) value;
      smallSum += whole;
      smallSquares += whole * whole; // At least the sum's magnitude, so neither overflows.
      if (smallSquares >= CARRY_AT) {
        units = units.add(BigInteger.valueOf(smallSum).shiftLeft(-exponent));
        squaredUnits = squaredUnits.add(BigInteger.valueOf(smallSquares).shiftLeft(-2 * exponent));
        smallSum = 0;
        smallSquares = 0;
      }
    } else {
      addUnits(value);
    }
  }

  private void addUnits(double value) {
    int of = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - FRACTION_BITS;
    if (of < exponent) {
      units = units.shiftLeft(exponent - of);
      squaredUnits = squaredUnits.shiftLeft(2 * (exponent - of));
      exponent = of;
    }
    // Scaled in two steps, because 2^1074 is beyond a double.
    long whole = (long) Math.scalb(Math.scalb(value, -of / 2), -of + of / 2);
    var mantissa = BigInteger.valueOf(whole);
    units = units.add(mantissa.shiftLeft(of - exponent));
    squaredUnits = squaredUnits.add(mantissa.multiply(mantissa).shiftLeft(2 * (of - exponent)));
  }

  long count() {
    return count;
  }

  /** The double nearest to the mean; of two equally near, the even one. */
  double mean() {
    BigDecimal sum = sum();
    double near = sum.divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
    // 60 digits may end just where two doubles are equally near, so the neighbours are tried.
    double best = near;
    BigDecimal least = sum.subtract(scaled(near)).abs();
    for (double other : new double[] {Math.nextDown(near), Math.nextUp(near)}) {
      if (Double.isFinite(other)) {
        BigDecimal distance = sum.subtract(scaled(other)).abs();
        int nearer = distance.compareTo(least);
        if (nearer < 0 || (nearer == 0 && (Double.doubleToRawLongBits(other) & 1) == 0)) {
          best = other;
          least = distance;
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

  /** (n·σ)² = n·Σx² − (Σx)². */
  private BigDecimal squareOfScaledDeviation() {
    return BigDecimal.valueOf(count).multiply(squares()).subtract(sum().pow(2));
  }

  private BigDecimal scaled(double value) {
    return new BigDecimal(value).multiply(BigDecimal.valueOf(count));
  }

  private BigDecimal sum() {
    return decimal(units, exponent).add(BigDecimal.valueOf(smallSum));
  }

  private BigDecimal squares() {
    return decimal(squaredUnits, 2 * exponent).add(BigDecimal.valueOf(smallSquares));
  }

  /** Units of 2^exponent, which is at most 1: 2^-n = 5^n / 10^n. */
  private static BigDecimal decimal(BigInteger units, int exponent) {
    return new BigDecimal(units.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }
}
