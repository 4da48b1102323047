package coarsen.viewer.plot;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A value axis with steps of 1, 2 or 5 times a power of ten. XChart gets steps instead of values:
 * its own search for ticks loops for ever or throws on values that are very large, very small or
 * very close to each other, and on labels of more than 20 characters.
 */
final class ValueAxis {
  private static final int MAX_STEPS = 8;

  /** Values closer together than this share of their size are drawn as equal. */
  private static final double RESOLUTION = 1e-10;

  private static final double MIN_STEP = 1e-300;
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
   * An axis for a range of finite values.
   *
   * @param low at most {@code high}
   */
  static ValueAxis of(double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double from = low;
    double to = high;
    if (high / 2 - low / 2 <= size * RESOLUTION) {
      double room = size == 0 ? 1 : size / 10;
      from = Math.max(low - room, -Double.MAX_VALUE);
      to = Math.min(high + room, Double.MAX_VALUE);
    }
    // Halved first, as the span of two doubles can overflow.
    BigDecimal step = step(Math.max((to / 2 - from / 2) / (MAX_STEPS / 2.0), MIN_STEP));
    long first = (long) Math.floor(from / step.doubleValue());
    long last = (long) Math.ceil(to / step.doubleValue());
    return new ValueAxis(step, first, (int) Math.max(1, last - first));
  }

  /** The smallest step that is at least this long. */
  private static BigDecimal step(double min) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(min)));
    for (int factor : new int[] {1, 2, 5}) {
      BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() >= min) {
        return step;
      }
    }
    return power.scaleByPowerOfTen(1);
  }

  /** The number of steps, at least 1; positions are 0 to this. */
  int steps() {
    return steps;
  }

  /** The position of a value, in steps from the start of the axis. */
  double position(double value) {
    double start = firstStep * stepValue;
    double above = value - start;
    return Double.isInfinite(above) ? value / stepValue - firstStep : above / stepValue;
  }

  /** The value at a position, in at most 20 characters. */
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
