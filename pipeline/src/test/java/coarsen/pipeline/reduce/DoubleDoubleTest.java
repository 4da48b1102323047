package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
  private static final MathContext DIGITS = new MathContext(800);

  private static BigDecimal times(BigInteger integer, int exponent) {
    BigDecimal two = BigDecimal.valueOf(2);
    return exponent >= 0
        ? new BigDecimal(integer).multiply(two.pow(exponent))
        : new BigDecimal(integer).divide(two.pow(-exponent));
  }

  private static void check(BigInteger integer, int exponent, long divisor, int[] unsure) {
    BigDecimal exact = times(integer, exponent);
    BigDecimal by = BigDecimal.valueOf(divisor);
    double quotient = DoubleDouble.quotient(integer, exponent, divisor);
    double root = DoubleDouble.root(integer, exponent, divisor);
    String of = integer + " · 2^" + exponent + ", " + divisor;
    if (Double.isNaN(quotient)) {
      unsure[0]++;
    } else {
      assertEquals(exact.divide(by, DIGITS).doubleValue(), quotient, of);
    }
    if (Double.isNaN(root)) {
      unsure[0]++;
    } else {
      assertEquals(exact.sqrt(new MathContext(60)).divide(by, DIGITS).doubleValue(), root, of);
    }
  }

  @Test
  void whatIsCertainIsRoundedCorrectly() {
    var random = new Random(3);
    int[] unsure = {0};
    for (int i = 0; i < 3_000; i++) {
      BigInteger integer = new BigInteger(1 + random.nextInt(300), random).add(BigInteger.ONE);
      check(
          integer,
          random.nextInt(-300, 300),
          1 + random.nextLong(1L << random.nextInt(1, 50)),
          unsure);
    }
    assertTrue(unsure[0] < 60, unsure[0] + " of 6,000 were left to slower arithmetic");
  }

  @Test
  void smallNumbersLoseNoBit() {
    int[] unsure = {0};
    for (int integer = 1; integer < 300; integer++) {
      for (int exponent = -2; exponent <= 2; exponent++) {
        check(BigInteger.valueOf(integer), exponent, 3, unsure);
      }
    }
    assertEquals(0, unsure[0]);
  }

  /** Halfway between two doubles, and a hair beside it. */
  @Test
  void whatIsNearTheMiddleIsNotCertain() {
    BigInteger middle = BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE);

    assertTrue(Double.isNaN(DoubleDouble.quotient(middle, 0, 1)));
    assertTrue(
        Double.isNaN(DoubleDouble.quotient(middle.shiftLeft(200).add(BigInteger.ONE), -200, 1)));
  }

  @Test
  void whatMayBeSubnormalOrTooLargeIsNotCertain() {
    assertTrue(Double.isNaN(DoubleDouble.quotient(BigInteger.ONE, -1074, 1)));
    assertTrue(Double.isNaN(DoubleDouble.quotient(BigInteger.ONE, 1023, 1)));
    assertTrue(Double.isNaN(DoubleDouble.root(BigInteger.ONE, -2148, 1)));
  }
}
