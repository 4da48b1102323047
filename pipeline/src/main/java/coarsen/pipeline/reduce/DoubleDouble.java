package coarsen.pipeline.reduce;

import java.math.BigInteger;

/**
 * Quotients and roots of exact numbers, computed with some 100 bits (a number is the unevaluated
 * sum of two doubles; T. J. Dekker, "A floating-point technique for extending the available
 * precision", 1971). That suffices to round correctly, but in rare cases near the middle between
 * two doubles, which are told apart here and left to slower arithmetic.
 */
final class DoubleDouble {
  private static final int BITS = 105;
  private static final int HALF = 53;
  private static final long MASK = (1L << HALF) - 1;

  /** More than the relative error of a root that was divided. */
  private static final double ERROR = 0x1p-96;

  private final double high;
  private final double low;

  private DoubleDouble(double large, double small) {
    high = large + small;
    low = small - (high - large);
  }

  /**
   * The double that is nearest to magnitude · 2^exponent / divisor; NaN if that is not certain.
   *
   * @param magnitude more than 0
   * @param divisor more than 0
   */
  static double quotient(BigInteger magnitude, int exponent, long divisor) {
    int excess = Math.max(0, magnitude.bitLength() - BITS);
    return of(magnitude.shiftRight(excess)).over(divisor).rounded(exponent + excess);
  }

  /**
   * The double that is nearest to √(radicand · 2^exponent) / divisor; NaN if that is not certain.
   *
   * @param radicand more than 0
   * @param divisor more than 0
   */
  static double root(BigInteger radicand, int exponent, long divisor) {
    int excess = Math.max(0, radicand.bitLength() - BITS);
    excess -= (exponent + excess) & 1;
    return of(radicand.shiftRight(excess)).root().over(divisor).rounded((exponent + excess) / 2);
  }

  private static DoubleDouble of(BigInteger integer) {
    return new DoubleDouble(
        Math.scalb((double) integer.shiftRight(HALF).longValue(), HALF),
        (double) (integer.longValue() & MASK));
  }

  private DoubleDouble root() {
    double root = Math.sqrt(high);
    return new DoubleDouble(root, (Math.fma(-root, root, high) + low) / (2 * root));
  }

  private DoubleDouble over(long divisor) {
    if (divisor > MASK) {
      return new DoubleDouble(Double.NaN, 0);
    }
    double quotient = high / divisor;
    return new DoubleDouble(
        quotient, (Math.fma(-quotient, (double) divisor, high) + low) / divisor);
  }

  /** This number · 2^power, if that is certain and needs all the digits of a double. */
  private double rounded(int power) {
    double error = high * ERROR;
    int exponent = Math.getExponent(high) + power;
    return high + (low + error) == high
            && high + (low - error) == high
            && exponent > Double.MIN_EXPONENT
            && exponent < Double.MAX_EXPONENT
        ? Math.scalb(high, power)
        : Double.NaN;
  }
}
