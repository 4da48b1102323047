package coarsen.viewer.plot;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import coarsen.viewer.Rows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 99, '0,20,40,60,80,100'",
    "-3, 4, '-3,-2,-1,0,1,2,3,4'",
    "0.1, 0.32, '0.1,0.15,0.2,0.25,0.3,0.35'",
    "57, 57, '50,52,54,56,58,60,62,64'",
    "0, 0, '-1,-0.5,0,0.5,1'",
    "1e300, 4e300, '1e300,1.5e300,2e300,2.5e300,3e300,3.5e300,4e300'",
    "123456789.11, 123456789.39, "
        + "'123456789.1,123456789.15,123456789.2,123456789.25,123456789.3,123456789.35,123456789.4'"
  })
  void valueLabelsAreRoundNumbers(double low, double high, String labels) {
    ValueAxis axis = ValueAxis.of(low, high);
    var written = new ArrayList<String>();
    for (int i = 0; i <= axis.steps(); i++) {
      written.add(axis.label(i));
    }
    assertEquals(labels, String.join(",", written));
  }

  @Test
  void timeLabelsAreRoundHoursInTheZone() {
    long noon = EventTime.parse("2021-01-23T12:00:00Z");
    TimeAxis axis = TimeAxis.of(noon, noon + 48 * 3_600_000_000L, ZoneId.of("Asia/Kolkata"));
    assertEquals("01-23 18:00", axis.label(1));
    assertEquals("2021-01-23", TimeAxis.day(noon, ZoneId.of("Asia/Kolkata")));
    assertEquals("2021-01-23 17:30:00.123456", axis.exactly(noon + 123_456));
    assertEquals(noon, axis.micros(axis.position(noon)));
  }

  @Test
  void everyRangeOfDoublesFitsOnAnAxisWithShortLabels() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      double one = finite(random);
      double other =
          random.nextInt(4) == 0 ? one + Math.ulp(one) * random.nextInt(1000) : finite(random);
      if (!Double.isFinite(other)) {
        continue;
      }
      double low = Math.min(one, other);
      double high = Math.max(one, other);
      ValueAxis axis = ValueAxis.of(low, high);
      String range = low + " to " + high;
      assertTrue(axis.steps() >= 1 && axis.steps() <= 12, range + ": steps " + axis.steps());
      for (double value : new double[] {low, high, low / 2 + high / 2}) {
        double position = axis.position(value);
        assertTrue(position > -0.01 && position < axis.steps() + 0.01, range + ": " + position);
      }
      for (double at = 0; at <= axis.steps(); at += 0.5) {
        String label = axis.label(at);
        assertTrue(!label.isEmpty() && label.length() <= 20, range + ": " + label);
      }
    }
  }

  private static double finite(Random random) {
    double value;
    do {
      value = Double.longBitsToDouble(random.nextLong());
    } while (!Double.isFinite(value));
    return value;
  }

  @ParameterizedTest
  @CsvSource({
    "2021-01-23T12:12:57Z, 2021-01-23T12:13:17Z, 12:13:00, 12:13:05",
    "2021-01-23T12:12:57Z, 2021-01-23T12:12:57.000007Z, 12:12:57.000000, 12:12:57.000001",
    "2021-01-23T12:12:57.9Z, 2021-01-23T12:12:58.7Z, 12:12:57.9, 12:12:58.0",
    "2021-01-23T12:12:57Z, 2021-01-23T12:42:57Z, 12:15, 12:20",
    "2021-01-23T23:12:57Z, 2021-01-24T23:12:57Z, 01-24 00:00, 01-24 03:00",
    "1969-12-31T23:59:51Z, 1970-01-01T00:00:08Z, 23:59:52, 23:59:54",
    "0001-01-01T00:00:00Z, 9999-12-31T23:59:59Z, 0601-01-18, 1970-01-01"
  })
  void timeLabelsAreRoundTimesInUtc(String first, String last, String one, String next) {
    long from = EventTime.parse(first);
    long to = EventTime.parse(last);
    TimeAxis axis = TimeAxis.of(from, to, UTC);
    assertTrue(axis.end() - axis.start() <= 10);
    var labels = new ArrayList<String>();
    for (double at = Math.ceil(axis.start()); at <= axis.end(); at++) {
      labels.add(axis.label(at));
    }
    int found = labels.indexOf(one);
    assertTrue(found >= 0, one + " in " + labels);
    assertEquals(List.of(one, next), labels.subList(found, found + 2), labels.toString());
  }

  @Test
  void betweenRoundTimesTheLabelIsPrecise() {
    assertEquals("00:00:00.100000", TimeAxis.of(0, 1_500_000, UTC).label(0.5));
  }

  @Test
  void theEndsOfAnAxisHaveDifferentLabels() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long span = random.nextLong(1, 1L << random.nextInt(1, 58));
      long days = random.nextInt(1, 9) * 86_400_000_000L;
      for (long length : new long[] {span, days}) {
        long from = random.nextLong(EventTime.MIN_MICROS, EventTime.MAX_MICROS - length);
        from -= random.nextBoolean() ? Math.floorMod(from, 60_000_000L) : 0;
        TimeAxis axis = TimeAxis.of(from, from + length, UTC);
        String start = axis.label(axis.start());
        String end = axis.label(axis.end());
        assertTrue(!start.equals(end), from + " and " + length + ": " + start);
        assertTrue(start.length() <= 20 && end.length() <= 20, start + end);
      }
    }
  }

  @Test
  void aSingleMomentIsInTheMiddle() {
    TimeAxis axis = TimeAxis.of(Rows.BEGIN, Rows.BEGIN, UTC);
    assertEquals((axis.start() + axis.end()) / 2, axis.position(Rows.BEGIN), 1e-9);
    assertTrue(axis.end() > axis.start());
  }
}
