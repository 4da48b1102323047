package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
  private static final MathContext MANY_DIGITS = new MathContext(60);

  /**
   * More than the longest double has, so that a mean halfway between two doubles is seen as such.
   */
  private static final MathContext ALL_DIGITS = new MathContext(1_200);

  private static Summary of(double... values) {
    var summary = new Summary();
    Arrays.stream(values).forEach(summary::add);
    return summary;
  }

  private static double exactMean(double... values) {
    return Arrays.stream(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.length), ALL_DIGITS)
        .doubleValue();
  }

  private static double exactDeviation(double... values) {
    BigDecimal n = BigDecimal.valueOf(values.length);
    BigDecimal sum =
        Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal squares =
        Arrays.stream(values)
            .mapToObj(value -> new BigDecimal(value).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return n.multiply(squares)
        .subtract(sum.pow(2))
        .sqrt(MANY_DIGITS)
        .divide(n, MANY_DIGITS)
        .doubleValue();
  }

  @Test
  void aFewReadings() {
    Summary summary = of(2, 4, 4, 4, 5, 5, 7, 9);
    assertEquals(8, summary.count());
    assertEquals(5, summary.mean());
    assertEquals(2, summary.standardDeviation());
    assertEquals(2, summary.min());
    assertEquals(9, summary.max());
  }

  @Test
  void oneReading() {
    for (double value : new double[] {0, 0.1, -3, Double.MAX_VALUE, Double.MIN_VALUE, 1e-310}) {
      Summary summary = of(value);
      assertEquals(value, summary.mean());
      assertEquals(0, summary.standardDeviation());
    }
  }

  @Test
  void nothingIsLostBetweenLargeAndSmall() {
    assertEquals(1.0 / 3, of(1e100, 1, -1e100).mean());
    assertEquals(0.1, of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1).mean());
  }

  @Test
  void nothingOverflows() {
    double max = Double.MAX_VALUE;
    assertEquals(max, of(max, max, max).mean());
    assertEquals(0, of(max, -max).mean());
    assertEquals(max, of(max, -max).standardDeviation());
  }

  @Test
  void aSmallDeviationOfLargeReadingsIsExact() {
    assertEquals(0.5, of(1e9, 1e9 + 1).standardDeviation());
    assertEquals(1, of(4e15, 4e15 + 2).standardDeviation());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 300})
  void meanAndDeviationAreThoseOfDecimalArithmetic(int spread) {
    var random = new Random(spread);
    for (int round = 0; round < 200; round++) {
      double[] values =
          DoubleStream.generate(
                  () ->
                      Math.scalb(
                          random.nextDouble() - 0.5,
                          spread == 0 ? 0 : random.nextInt(-spread, spread + 1)))
              .limit(1 + random.nextInt(50))
              .toArray();
      assertEquals(exactMean(values), of(values).mean());
      double deviation = exactDeviation(values);
      assertEquals(deviation, of(values).standardDeviation(), Math.ulp(deviation));
    }
  }

  @Test
  void aSubnormalMeanIsRoundedOnce() {
    var random = new Random(8);
    for (int round = 0; round < 2_000; round++) {
      double[] values =
          DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong(1L << 53)))
              .limit(2 + random.nextInt(6))
              .map(value -> random.nextBoolean() ? value : -value)
              .toArray();
      assertEquals(exactMean(values), of(values).mean(), () -> Arrays.toString(values));
    }
  }

  @Test
  void orderAndMergingChangeNoDigit() {
    var random = new Random(5);
    for (int round = 0; round < 200; round++) {
      List<Double> values =
          new ArrayList<>(
              random
                  .doubles(40)
                  .mapToObj(value -> Math.scalb(value - 0.5, random.nextInt(-60, 60)))
                  .toList());
      Summary inOrder = of(values.stream().mapToDouble(Double::doubleValue).toArray());
      Collections.shuffle(values, random);
      List<Summary> parts = new ArrayList<>(IntStream.range(0, 7).mapToObj(i -> of()).toList());
      values.forEach(value -> parts.get(random.nextInt(7)).add(value));
      Collections.shuffle(parts, random);
      var merged = new Summary();
      parts.forEach(merged::add);
      assertEquals(inOrder.mean(), merged.mean());
      assertEquals(inOrder.standardDeviation(), merged.standardDeviation());
      assertEquals(inOrder.count(), merged.count());
      assertEquals(inOrder.min(), merged.min());
      assertEquals(inOrder.max(), merged.max());
    }
  }

  @Test
  void theCoderLosesNothing() throws Exception {
    var coder = new WindowStateCoder();
    var random = new Random(6);
    for (int round = 0; round < 500; round++) {
      double[] values =
          random
              .doubles(random.nextInt(20))
              .map(value -> Math.scalb(value - 0.5, random.nextInt(-1000, 1000)))
              .toArray();
      var state = new WindowState(of(values));
      state.replayFrom(3, 77);
      WindowState copy = CoderUtils.clone(coder, state);
      assertEquals(state.summary().sum().units(), copy.summary().sum().units());
      assertEquals(state.summary().squares().units(), copy.summary().squares().units());
      assertEquals(state.replayFrom(), copy.replayFrom());
      copy.add(new WindowState(of(1)));
      if (values.length > 0) {
        assertEquals(
            exactMean(DoubleStream.concat(Arrays.stream(values), DoubleStream.of(1)).toArray()),
            copy.summary().mean());
      }
    }
  }

  @Test
  void billionsOfReadingsFit() {
    var sum = new ExactSum();
    sum.add(-1.5);
    for (int doubling = 0; doubling < 40; doubling++) {
      var same = ExactSum.of(sum.units(), sum.exponent());
      sum.add(same);
      sum.add(new ExactSum());
    }
    assertEquals(
        new BigDecimal(-1.5 * (1L << 40)),
        new BigDecimal(sum.units())
            .divide(new BigDecimal(java.math.BigInteger.TWO.pow(-sum.exponent())), MANY_DIGITS)
            .stripTrailingZeros()
            .setScale(0));
  }
}
