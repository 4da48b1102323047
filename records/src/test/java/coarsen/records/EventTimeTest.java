package coarsen.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2021-01-23T12:12:55.123Z",
        "2021-01-23T12:12:55.123456Z",
        "1969-12-31T23:59:59.999999Z",
        "2000-02-29T00:00:00Z",
        "1900-03-01T00:00:00.000001Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void writesWhatItReads(String text) {
    assertEquals(text, EventTime.format(EventTime.parse(text)));
  }

  @Test
  void writesAsInstantDoes() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long micros = random.nextLong(EventTime.MIN_MICROS, EventTime.MAX_MICROS + 1);
      assertEquals(EventTime.toInstant(micros).toString(), EventTime.format(micros));
    }
  }

  @Test
  void readsAsInstantDoes() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long micros = random.nextLong(EventTime.MIN_MICROS, EventTime.MAX_MICROS + 1);
      long cut = i % 3 == 0 ? 1_000_000 : i % 3 == 1 ? 1_000 : 1;
      String text = EventTime.toInstant(micros - Math.floorMod(micros, cut)).toString();
      assertEquals(EventTime.ofInstant(Instant.parse(text)), EventTime.parse(text), text);
    }
    assertEquals(EventTime.parse("2021-01-24T00:00:00Z"), EventTime.parse("2021-01-23T24:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-02-29T00:00:00Z",
        "2021-13-01T00:00:00Z",
        "2021-01-23T12:60:00Z",
        "2021-01-23 12:00:00Z",
        "2021-01-23T12:00:00.12x456Z",
        "2021-01-23T12:00:00"
      })
  void refusesWhatIsNotATime(String text) {
    assertThrows(IllegalArgumentException.class, () -> EventTime.parse(text));
  }

  @Test
  void cutsNanosecondsTowardsThePast() {
    assertEquals(-1, EventTime.ofInstant(Instant.parse("1969-12-31T23:59:59.999999999Z")));
  }

  @Test
  void refusesYearsOfFiveDigits() {
    assertThrows(IllegalArgumentException.class, () -> EventTime.format(EventTime.MAX_MICROS + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+1000000000-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z"})
  void refusesTimesThatItCouldNotWrite(String text) {
    assertThrows(IllegalArgumentException.class, () -> EventTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4_999_999, 5_000_000, -1, -5_000_000, -5_000_001, -7_000_000})
  void aWindowStartsAtMostOneLengthBeforeWhatItHolds(long micros) {
    long start = EventTime.windowStart(micros, 5_000_000);
    assertEquals(0, start % 5_000_000);
    assertEquals(true, start <= micros && micros < start + 5_000_000);
  }
}
