package coarsen.viewer.model;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.second;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DensityTest {
  private static final VisibleSpan MINUTE = new VisibleSpan.LastTime(Duration.ofMinutes(1));

  private final ViewModel model = new ViewModel(() -> Instant.EPOCH, false);

  /** Of 50,000 readings all are kept one by one, of 150,000 they are not. */
  @ParameterizedTest
  @ValueSource(ints = {50_000, 150_000})
  void theReadingsOfEachColumnAddUpWhateverOrderTheyArriveIn(int count) {
    var random = new Random(7);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      readings.add(reading(i * 60.0 / count, random.nextGaussian() * 1_000, 0, i, 0));
    }
    Collections.shuffle(readings.subList(count / 4, count / 2), random);
    Collections.swap(readings, 0, count - 1);
    readings.forEach(row -> model.add("", row));
    Density density = series(MINUTE).density();

    var expected = new TreeMap<Long, Double>();
    for (Reading each : readings) {
      long start = Math.floorDiv(each.tsMicros(), density.columnMicros()) * density.columnMicros();
      expected.merge(start, 1.0, Double::sum);
    }
    ValueRows rows = ValueRows.of(-10_000, 10_000);
    var counted = new TreeMap<Long, Double>();
    for (int column = 0; column < density.columns(); column++) {
      counted.put(density.start(column), Arrays.stream(density.counts(column, rows)).sum());
    }
    assertEquals(expected, counted);
    assertTrue(density.columns() > 256 && density.columns() <= 1_024, "" + density.columns());
  }

  @Test
  void repeatsAreCountedOnce() {
    for (int repeat = 0; repeat < 2; repeat++) {
      for (int i = 0; i < 20_000; i++) {
        model.add("", reading(i / 1_000.0, i % 7, 0, i, repeat));
      }
    }
    VisibleSpan all = new VisibleSpan.LastTime(Duration.ofMillis(19_999));
    assertEquals(20_000, total(series(all).density(), ValueRows.of(0, 6)));
  }

  @Test
  void readingsWithoutDensityAreDrawnAsALine() {
    for (int i = 0; i < 2_000; i++) {
      model.add("", reading(i * 0.03, i % 7, 0, i, 0));
    }
    SeriesPicture drawn = series(MINUTE);
    assertTrue(drawn.density().isEmpty());
    assertEquals(2_000, drawn.originals().size());
    assertTrue(IntStream.range(0, 2_000).noneMatch(drawn::isBrokenBefore));
  }

  @Test
  void onlyTheDensePartIsDrawnWithoutALine() {
    // A reading a second, and two thousand a second from second 30 to 31.
    for (int i = 0; i <= 60; i++) {
      model.add("", reading(i + 0.5, 5, 0, i, 0));
    }
    for (int i = 0; i < 2_000; i++) {
      model.add("", reading(30 + i / 2_000.0, i % 7, 1, i, 0));
    }
    SeriesPicture drawn = series(MINUTE);
    assertFalse(drawn.density().covers(second(20)));
    assertTrue(drawn.density().covers(second(30.5)));
    Line line = drawn.originals();
    for (int i = 1; i < line.size(); i++) {
      boolean within = line.micros(i - 1) >= second(30) && line.micros(i) < second(31);
      assertEquals(within, drawn.isBrokenBefore(i), i + " at " + line.micros(i));
      assertFalse(drawn.isLone(i), i + " is a dot");
    }
  }

  @Test
  void aLoneReadingAmongThousandsIsCountedInItsRow() {
    double[] values = new Random(3).doubles(10_000).toArray();
    values[7_777] = 50.5;
    Density density = density(values);
    ValueRows rows = ValueRows.of(0, 51);
    long column = (7_777 / density.columnMicros()) - (density.start(0) / density.columnMicros());
    double[] counts = density.counts((int) column, rows);
    int row = (int) (50.5 / rows.height()) - (int) (rows.low(0) / rows.height());
    assertEquals(1, counts[row]);
    assertEquals(0, Arrays.stream(counts, 5, row).sum());
  }

  @Test
  void aValueOnTheEdgeOfARowBelongsToTheUpperOne() {
    ValueRows rows = new ValueRows(0, -2, 5);
    double[] values = {-2, -1.5, -0.0, Math.nextDown(1), 1, Math.nextUp(1), Math.nextDown(3)};
    assertArrayEquals(new double[] {2, 0, 2, 2, 1}, histogram(values).counts(rows));
  }

  @Test
  void eachValueAxisHasItsOwnRowsOfTheSameReadings() {
    double[] values = IntStream.range(0, 32).mapToDouble(i -> i).toArray();
    Histogram counted = histogram(values);
    assertArrayEquals(new double[] {16, 16}, counted.counts(new ValueRows(4, 0, 2)));
    assertArrayEquals(new double[] {2, 2, 2}, counted.counts(new ValueRows(1, 5, 3)));
    assertArrayEquals(new double[] {0, 0}, counted.counts(new ValueRows(1, 40, 2)));
    assertArrayEquals(new double[] {0, 0}, counted.counts(new ValueRows(1, -9, 2)));
  }

  @Test
  void readingsThatAreNotToldApartAnyMoreCountInEqualShares() {
    double[] values = IntStream.range(0, 1_024).mapToDouble(i -> i).toArray();
    // 40 bins at most: they are 32 high.
    double[] counts = histogram(values).counts(new ValueRows(3, 0, 128));
    double[] even = new double[128];
    Arrays.fill(even, 8);
    assertArrayEquals(even, counts);
    double[] partly = histogram(values).counts(new ValueRows(3, 126, 4));
    assertArrayEquals(new double[] {8, 8, 0, 0}, partly);
  }

  @Test
  void noValueIsTooLargeOrTooSmall() {
    double[] values = {
      0,
      -0.0,
      Double.MIN_VALUE,
      1e-300,
      1,
      Math.nextUp(1),
      1e300,
      Double.MAX_VALUE,
      -Double.MAX_VALUE
    };
    for (double low : values) {
      for (double high : values) {
        var counted = new Histogram();
        counted.add(low);
        counted.add(high);
        ValueRows rows = ValueRows.of(Math.min(low, high), Math.max(low, high));
        String what = low + " and " + high;
        assertTrue(rows.count() <= ValueRows.MAX, what);
        double[] counts = counted.counts(rows);
        assertTrue(counts[0] >= 1 && counts[counts.length - 1] >= 1, what);
        assertEquals(2, Arrays.stream(counts).sum(), what);
      }
    }
  }

  @Test
  void aPauseHoldsTheDensity() {
    var session = new ViewSession(model, MINUTE);
    for (int i = 0; i < 120_000; i++) {
      model.add("", reading(i / 2_000.0, i % 7, 0, i, 0));
    }
    session.pause();
    double before = total(session.picture().series().get(0).density(), ValueRows.of(0, 6));
    for (int i = 0; i < 1_000; i++) {
      model.add("", reading(59 + i / 1_000.0, i % 7, 1, i, 0));
    }
    assertEquals(before, total(session.picture().series().get(0).density(), ValueRows.of(0, 6)));
    session.follow();
    assertEquals(
        before + 1_000, total(session.picture().series().get(0).density(), ValueRows.of(0, 6)));
  }

  @Test
  void aZoomCountsTheReadingsInIt() {
    for (int i = 0; i < 90_000; i++) {
      feed(model.raw(), reading(i / 2_000.0, i % 7, 0, i, 0).toJson());
    }
    Picture zoomed = model.picture(new Range(second(10), second(20) - 1), Selection.DEFAULT);
    assertEquals(20_000, total(zoomed.series().get(0).density(), ValueRows.of(0, 6)));
  }

  @Test
  void severalSeriesOnOnePlotAreDrawnAsLinesAlone() {
    for (String name : List.of("a", "b")) {
      for (int i = 0; i < 20_000; i++) {
        model.add(name, reading(i / 1_000.0, i % 7, 0, i, 0));
      }
    }
    Picture picture = model.picture(MINUTE);
    picture.onOnePlot().series().forEach(each -> assertTrue(each.density().isEmpty()));
    for (Picture alone : picture.bySeries()) {
      assertFalse(alone.onOnePlot().series().get(0).density().isEmpty());
    }
  }

  private SeriesPicture series(VisibleSpan span) {
    return model.picture(span).series().get(0);
  }

  /** Of one reading each microsecond. */
  private static Density density(double[] values) {
    long[] micros = LongStream.range(0, values.length).toArray();
    return Density.of(micros, values, values.length, new Range(0, values.length - 1));
  }

  private static Histogram histogram(double[] values) {
    var counted = new Histogram();
    Arrays.stream(values).forEach(counted::add);
    return counted;
  }

  private static double total(Density density, ValueRows rows) {
    return IntStream.range(0, density.columns())
        .mapToDouble(column -> Arrays.stream(density.counts(column, rows)).sum())
        .sum();
  }
}
