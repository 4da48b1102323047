package coarsen.viewer.plot;

import java.math.BigDecimal;
import java.math.MathContext;

/** Values as text for people. */
public final class Values {
  private static final int DIGITS = 6;

  private Values() {}

  /** A value rounded to six digits. */
  public static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value); // A spread may be beyond all doubles.
    }
    BigDecimal shown = BigDecimal.valueOf(value).round(new MathContext(DIGITS));
    BigDecimal bare = shown.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    boolean plain = value == 0 || (exponent >= -7 && exponent < 15);
    return plain ? bare.toPlainString() : bare.toString();
  }
}
