package coarsen.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void aPauseBreaksTheLineOfRegularReadings() {
    assertEquals("5", gaps(0, 100, 200, 300, 400, 3_000, 3_100, 3_200));
    assertEquals("", gaps(0, 100, 200, 300, 400, 1_000, 1_100, 1_200));
  }

  @Test
  void irregularReadingsAndBurstsDoNotBreakTheLine() {
    var random = new Random(3);
    long[] irregular = new long[2_000];
    for (int i = 1; i < irregular.length; i++) {
      irregular[i] = irregular[i - 1] + (long) (-1_000 * Math.log(1 - random.nextDouble()));
    }
    assertEquals("", gaps(irregular));
    long[] bursts = LongStream.range(0, 400).map(i -> i / 10 * 1_000_000 + i % 10).toArray();
    assertEquals("", gaps(bursts));
  }

  @Test
  void readingsOfTheSameMomentDoNotTurnUsualDistancesIntoGaps() {
    assertEquals("", gaps(5, 5, 5, 5, 5, 5, 5, 105, 205, 305, 405));
  }

  @Test
  void ofManyReadingsTheExtremesOfEachColumnAreKept() {
    int count = 100_000;
    long[] micros = LongStream.range(0, count).toArray();
    double[] values = IntStream.range(0, count).mapToDouble(i -> i % 100).toArray();
    values[31_415] = 1_000;
    values[92_653] = -1_000;
    Line line = line(micros, values, new Range(0, count - 1));
    assertTrue(line.size() <= Line.MAX_POINTS, "points: " + line.size());
    assertTrue(line.size() > Line.MAX_POINTS * 0.9, "points: " + line.size());
    double[] kept = IntStream.range(0, line.size()).mapToDouble(line::value).toArray();
    assertEquals(1_000, Arrays.stream(kept).max().orElse(0));
    assertEquals(-1_000, Arrays.stream(kept).min().orElse(0));
    assertTrue(IntStream.range(1, line.size()).allMatch(i -> line.micros(i - 1) < line.micros(i)));
  }

  @Test
  void fewReadingsAreKeptUnchanged() {
    Line line = line(new long[] {1, 2}, new double[] {7, 8}, new Range(1, 2));
    assertEquals(2, line.size());
    assertEquals(8, line.value(1));
  }

  private static Line line(long[] micros, double[] values, Range range) {
    var line = new Line.Builder();
    for (int i = 0; i < micros.length; i++) {
      line.add(micros[i], values[i]);
    }
    return line.build(range);
  }

  private static String gaps(long... micros) {
    Line line = line(micros, new double[micros.length], new Range(0, 100_000_000_000L));
    return String.join(
        ",",
        IntStream.range(0, line.size())
            .filter(line::isGapBefore)
            .mapToObj(Integer::toString)
            .toList());
  }
}
