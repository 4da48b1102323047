package coarsen.viewer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
  @Test
  void nothingIsRoundedBeforeTheMeanIs() {
    assertEquals(1 / 3.0, of(1e300, 1, -1e300).mean());
    assertEquals(Double.MAX_VALUE, of(Double.MAX_VALUE, Double.MAX_VALUE).mean());
    assertEquals(Double.MIN_VALUE, of(Double.MIN_VALUE, Double.MIN_VALUE).mean());
    assertEquals(0.1, of(0.1, 0.1, 0.1).mean());
  }

  @Test
  void randomDoublesOfAnySizeAddUpLikeDecimals() {
    var random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      double[] values = new double[1 + random.nextInt(20)];
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int i = 0; i < values.length; i++) {
        int power = random.nextInt(trial % 2 == 0 ? 4 : 2_000) - (trial % 2 == 0 ? 2 : 1_000);
        values[i] = Math.scalb(random.nextGaussian(), power);
        var exact = new BigDecimal(values[i]);
        sum = sum.add(exact);
        squares = squares.add(exact.pow(2));
      }
      var n = BigDecimal.valueOf(values.length);
      var digits = new MathContext(800);
      double mean = sum.divide(n, digits).doubleValue();
      BigDecimal variance = squares.divide(n, digits).subtract(sum.divide(n, digits).pow(2));
      assertEquals(mean, of(values).mean());
      if (values.length > 1) {
        double deviation = variance.sqrt(new MathContext(60)).doubleValue();
        assertEquals(deviation, of(values).standardDeviation(), 2 * Math.ulp(deviation));
        assertTrue(of(values).isStandardDeviation(deviation));
      }
    }
  }

  @Test
  void aMeanHalfwayBetweenTwoDoublesIsTheEvenOne() {
    double odd = Math.nextUp(1.0);
    assertEquals(1.0, of(1.0, odd).mean());
    assertEquals(Math.nextUp(odd), of(odd, Math.nextUp(odd)).mean());
    // These halves have more than 60 digits.
    double small = 0x1p-300;
    assertEquals(small, of(small, Math.nextUp(small)).mean());
    assertEquals(0, of(0, Double.MIN_VALUE).mean());
  }

  @Test
  void theDeviationMayBeOffByItsLastDigitAndNoMore() {
    ExactSums sums = of(1, 2, 4);
    double right = sums.standardDeviation();
    assertEquals(Math.sqrt(14 / 9.0), right, 1e-15);
    assertTrue(sums.isStandardDeviation(right));
    assertTrue(sums.isStandardDeviation(Math.nextUp(right)));
    assertFalse(sums.isStandardDeviation(right + 3 * Math.ulp(right)));
    assertFalse(sums.isStandardDeviation(right - 3 * Math.ulp(right)));
    assertFalse(sums.isStandardDeviation(-right));
    assertTrue(of(0.1, 0.1).isStandardDeviation(0));
    assertFalse(of(0.1, 0.1).isStandardDeviation(1e-17));
  }

  @Test
  void smallWholeNumbersThatAddUpToMuchAreCarried() {
    var sums = new ExactSums();
    int count = (1 << 22) + 10; // Their squares exceed a long.
    for (int i = 0; i < count; i++) {
      sums.add(1 << 20);
    }
    assertEquals(count, sums.count());
    assertEquals(1 << 20, sums.mean());
    assertEquals(0, sums.standardDeviation());
  }

  private static ExactSums of(double... values) {
    var sums = new ExactSums();
    for (double value : values) {
      sums.add(value);
    }
    return sums;
  }
}
