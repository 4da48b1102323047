package coarsen.viewer.plot;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A value axis in steps of 1, 2 or 5 times a power of ten. XChart is shown steps in place of
 * values: its own search for ticks loops for ever or throws on values that are very large, very
 * small or very close to each other, and on labels of more than 20 characters.
 */
final class ValueAxis {
  private static final int MOST_STEPS = 8;

  /** Values closer together than this share of their size are drawn as if they were the same. */
  private static final double FINEST = 1e-10;

  private static final double LEAST_STEP = 1e-300;
  private static final double PLAIN_FROM = 1e-5;
  private static final double PLAIN_BELOW = 1e12;
  private static final int PLAIN_LENGTH = 15;

  private final BigDecimal step;
  private final double stepValue;
  private final long firstStep;
  private final int steps;

  private ValueAxis(BigDecimal step, long firstStep, int steps) {
    this.step = step;
    this.stepValue = step.doubleValue();
    this.firstStep = firstStep;
    this.steps = steps;
  }

  /**
   * An axis that shows a range of finite values.
   *
   * @param low at most {@code high}
   */
  static ValueAxis of(double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double from = low;
    double to = high;
    if (high / 2 - low / 2 <= size * FINEST) {
      double room = size == 0 ? 1 : size / 10;
      from = Math.max(low - room, -Double.MAX_VALUE);
      to = Math.min(high + room, Double.MAX_VALUE);
    }
    // Halves, for the whole span of doubles is more than a double can hold.
    BigDecimal step = step(Math.max((to / 2 - from / 2) / (MOST_STEPS / 2.0), LEAST_STEP));
    long first = (long) Math.floor(from / step.doubleValue());
    long last = (long) Math.ceil(to / step.doubleValue());
    return new ValueAxis(step, first, (int) Math.max(1, last - first));
  }

  /** The least 1, 2 or 5 times a power of ten that is not below. */
  private static BigDecimal step(double least) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
    for (int factor : new int[] {1, 2, 5}) {
      BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() >= least) {
        return step;
      }
    }
    return power.scaleByPowerOfTen(1);
  }

  /** How many steps the axis has, from 0 to this; at least 1. */
  int steps() {
    return steps;
  }

  /** Where on the axis a value is, in steps from its start. */
  double position(double value) {
    double start = firstStep * stepValue;
    double above = value - start;
    return Double.isInfinite(above) ? value / stepValue - firstStep : above / stepValue;
  }

  /** What stands at a place of the axis; at most 20 characters. */
  String label(double position) {
    BigDecimal value = step.multiply(BigDecimal.valueOf(firstStep).add(new BigDecimal(position)));
    BigDecimal exact = value.round(new MathContext(13)).stripTrailingZeros();
    double magnitude = Math.abs(exact.doubleValue());
    if (magnitude == 0) {
      return "0";
    }
    if (magnitude >= PLAIN_FROM && magnitude < PLAIN_BELOW) {
      String plain = exact.toPlainString();
      if (plain.length() <= PLAIN_LENGTH) {
        return plain;
      }
    }
    int exponent = exact.precision() - exact.scale() - 1;
    return exact.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
