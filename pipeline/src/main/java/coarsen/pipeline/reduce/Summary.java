package coarsen.pipeline.reduce;

import coarsen.records.Aggregates;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What is known of a set of readings: count, exact sum, exact sum of squares, least and greatest.
 * Summaries merge in any order to the same result. Mutable.
 */
final class Summary {
  /** Bits of a quotient before it is rounded to the 53 of a double. */
  private static final int PRECISION = 128;

  private long count;
  private final ExactSum sum;
  private final ExactSum squares;
  private double min;
  private double max;

  /** Of no readings. */
  Summary() {
    this(0, new ExactSum(), new ExactSum(), Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  Summary(long count, ExactSum sum, ExactSum squares, double min, double max) {
    this.count = count;
    this.sum = sum;
    this.squares = squares;
    this.min = min;
    this.max = max;
  }

  /** Adds a reading, which is finite. */
  void add(double value) {
    count++;
    sum.add(value);
    squares.addSquare(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Adds the readings of another summary. */
  void add(Summary other) {
    count += other.count;
    sum.add(other.sum);
    squares.add(other.squares);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  long count() {
    return count;
  }

  ExactSum sum() {
    return sum;
  }

  ExactSum squares() {
    return squares;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /** What a row holds of the readings, besides their count. There must be a reading. */
  Aggregates aggregates() {
    return Aggregates.of(
        aggregate ->
            switch (aggregate) {
              case MEAN -> mean();
              case MIN -> min;
              case MAX -> max;
              case STANDARD_DEVIATION -> standardDeviation();
            });
  }

  /** The mean: the double that is nearest to the true one. There must be a reading. */
  double mean() {
    BigInteger units = sum.units();
    if (units.signum() == 0) {
      return 0;
    }
    double quick = DoubleDouble.quotient(units.abs(), sum.exponent(), count);
    return Double.isNaN(quick)
        ? quotient(units, sum.exponent(), BigInteger.valueOf(count))
        : units.signum() * quick;
  }

  /**
   * The population's standard deviation, √(n·Σx² − (Σx)²) / n, where nothing is rounded before the
   * root. There must be a reading.
   */
  double standardDeviation() {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger square = sum.units().pow(2);
    int squareExponent = 2 * sum.exponent();
    BigInteger scaled = squares.units().multiply(n);
    int scaledExponent = squares.exponent();
    int exponent = Math.min(squareExponent, scaledExponent);
    BigInteger radicand =
        scaled
            .shiftLeft(scaledExponent - exponent)
            .subtract(square.shiftLeft(squareExponent - exponent));
    if (radicand.signum() == 0) {
      return 0;
    }
    double quick = DoubleDouble.root(radicand, exponent, count);
    if (!Double.isNaN(quick)) {
      return quick;
    }
    // Without trailing zeros the root's last bit depends on the value alone, not on the limbs.
    exponent += radicand.getLowestSetBit();
    radicand = radicand.shiftRight(radicand.getLowestSetBit());
    int shift = Math.max(0, 2 * PRECISION - radicand.bitLength());
    if ((exponent - shift) % 2 != 0) {
      shift++;
    }
    return quotient(radicand.shiftLeft(shift).sqrt(), (exponent - shift) / 2, n);
  }

  /** numerator · 2^exponent / denominator, rounded once. */
  private static double quotient(BigInteger numerator, int exponent, BigInteger denominator) {
    int shift = Math.max(0, PRECISION + denominator.bitLength() - numerator.bitLength());
    BigInteger[] parts = numerator.shiftLeft(shift).divideAndRemainder(denominator);
    // Bits beyond those that count stand for the rest, so that only a half is taken for a half.
    BigInteger quotient = parts[0].shiftLeft(1);
    if (parts[1].signum() != 0) {
      quotient = quotient.add(BigInteger.valueOf(numerator.signum()));
    }
    int excess = Math.max(0, quotient.bitLength() - 2 * PRECISION);
    BigInteger rounded = quotient.shiftRight(excess);
    if (excess > 0 && quotient.getLowestSetBit() < excess) {
      rounded = rounded.setBit(0);
    }
    int power = exponent - shift - 1 + excess;
    return rounded.bitLength() + power > Double.MIN_EXPONENT
        ? scale(rounded.doubleValue(), power)
        : subnormal(rounded, power);
  }

  /**
   * value · 2^power where that is subnormal, has fewer than 53 bits and so must not be rounded to
   * 53 first. The power is negative: 2^-n = 5^n / 10^n.
   */
  private static double subnormal(BigInteger value, int power) {
    return new BigDecimal(value.multiply(BigInteger.valueOf(5).pow(-power)), -power).doubleValue();
  }

  /** {@link Math#scalb} for powers beyond what it takes at once. */
  private static double scale(double value, int power) {
    int half = power / 2;
    return Math.scalb(Math.scalb(value, half), power - half);
  }
}
