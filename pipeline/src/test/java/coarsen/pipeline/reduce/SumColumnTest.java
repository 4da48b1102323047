package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumColumnTest {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private static BigDecimal value(ExactSum sum) {
    BigDecimal units = new BigDecimal(sum.units());
    return (sum.exponent() >= 0
            ? units.multiply(TWO.pow(sum.exponent()))
            : units.divide(TWO.pow(-sum.exponent())))
        .stripTrailingZeros();
  }

  private static BigDecimal sum(double... values) {
    return Arrays.stream(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }

  private static BigDecimal squares(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> new BigDecimal(value).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }

  /** Adds values one by one, the halves of them to two columns, and encodes them in between. */
  private static void check(double... values) {
    check(sum(values), SumColumn.ofValues(2), SumColumn::add, values);
    check(squares(values), SumColumn.ofSquares(2), SumColumn::addSquare, values);
  }

  private interface Add {
    void to(SumColumn column, int row, double value);
  }

  private static void check(BigDecimal expected, SumColumn empty, Add add, double... values) {
    SumColumn one = empty.copy();
    SumColumn left = empty.copy();
    SumColumn right = empty.copy();
    for (int i = 0; i < values.length; i++) {
      add.to(one, 1, values[i]);
      add.to(i % 2 == 0 ? left : right, 1, values[i]);
    }
    SumColumn merged = left.copy();
    merged.add(1, right, 1);
    SumColumn mergedBack = right.copy();
    mergedBack.add(1, left, 1);
    SumColumn decoded = empty.copy();
    var bytes = ByteBuffer.allocate(merged.encodedSize(2));
    merged.encode(2, bytes);
    assertEquals(0, bytes.remaining());
    decoded.decode(bytes.flip());
    String in = Arrays.toString(values);
    assertEquals(expected, value(one.sum(1)), in);
    assertEquals(expected, value(merged.sum(1)), in);
    assertEquals(expected, value(mergedBack.sum(1)), in);
    assertEquals(expected, value(decoded.sum(1)), in);
    assertEquals(BigDecimal.ZERO, value(decoded.sum(0)), "its neighbour has no value");
  }

  @Test
  void aSumIsThatOfItsValues() {
    check();
    check(0, -0.0);
    check(57, 42, 0.1, 99.9, -57);
    check(1, -1, 1, -1, 1);
  }

  @Test
  void valuesOfAnySizeAreAddedExactly() {
    check(1e300, 1, -1e300, 1e-300);
    check(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);
    check(-Double.MAX_VALUE, Double.MIN_VALUE);
    check(Double.MIN_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE);
    check(Double.MIN_NORMAL, 1, Double.MIN_VALUE);
  }

  /** Powers around where a sum takes another unit, or becomes wide. */
  @Test
  void everyDistanceBetweenValuesIsCovered() {
    for (int power = -140; power <= 140; power++) {
      double far = Math.scalb(-1.7, power);
      check(1.3, far, 1.1);
      check(far, 1.3, -far, far);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 60, 900})
  void randomValuesAreAddedExactly(int spread) {
    var random = new Random(spread);
    for (int round = 0; round < 50; round++) {
      double[] values = new double[1 + random.nextInt(40)];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-spread, spread + 1));
      }
      check(values);
    }
  }

  @Test
  void aSumThatGrowsOutOfItsWordsBecomesWide() {
    SumColumn column = SumColumn.ofValues(1);
    column.add(0, 1);
    SumColumn summand = SumColumn.ofValues(1);
    summand.add(0, Math.scalb(1.0, 40));
    for (int doubling = 0; doubling < 30; doubling++) {
      column.add(0, column.copy(), 0);
      column.add(0, summand, 0);
    }
    BigDecimal expected = BigDecimal.ONE;
    for (int doubling = 0; doubling < 30; doubling++) {
      expected = expected.add(expected).add(TWO.pow(40));
    }
    assertEquals(expected.stripTrailingZeros(), value(column.sum(0)));
  }
}
