package coarsen.pipeline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Durations;
import coarsen.records.EventTime;
import java.time.Duration;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowAssignerTest {
  private static final WindowAssigner WINDOWS = WindowAssigner.of(Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource({"0, 0", "4999999, 0", "5000000, 5000000", "-1, -5000000", "-5000000, -5000000"})
  void aWindowStartsAtAMultipleOfItsLength(long eventTime, long start) {
    assertEquals(start, WINDOWS.startOf(eventTime));
    assertEquals(start + 4_999_000, WINDOWS.lastMillisecondOf(eventTime));
  }

  @ParameterizedTest
  @CsvSource({
    // 1970-01-01 was a Thursday, and so is each start of a week. A month is not 30 days.
    "7d, 2026-01-07T23:59:59.999999Z, 2026-01-01T00:00:00Z",
    "7d, 2026-01-08T00:00:00Z, 2026-01-08T00:00:00Z",
    "7d, 1969-12-31T23:59:59Z, 1969-12-25T00:00:00Z",
    "30d, 2026-01-31T12:00:00Z, 2026-01-07T00:00:00Z",
    "1d, 2026-01-07T23:59:59Z, 2026-01-07T00:00:00Z",
    // Sevens do not divide a minute: no window starts at each full one.
    "7s, 1970-01-01T00:01:00Z, 1970-01-01T00:00:56Z",
    "7s, 2026-01-07T00:00:00Z, 2026-01-06T23:59:59Z",
  })
  void windowsAreCountedFrom1970InUtcWhateverTheirLength(String length, String ts, String start) {
    WindowAssigner windows = WindowAssigner.of(Durations.parse(length));
    assertEquals(EventTime.parse(start), windows.startOf(EventTime.parse(ts)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1_000, -4_999_000, -5_000_000, -5_000_001, -12_345_678, 0, 2_500_000})
  void beamPutsAnElementIntoTheWindowOfItsEventTime(long eventTime) {
    long millis = Math.floorDiv(WINDOWS.elementTime(eventTime), 1_000L);
    assertEquals(
        WINDOWS.startOf(eventTime) / 1_000,
        FixedWindows.of(org.joda.time.Duration.standardSeconds(5))
            .assignWindow(Instant.ofEpochMilli(millis))
            .start()
            .getMillis());
  }

  @Test
  void aWindowIsWritableIfBothBoundsHaveYearsOfFourDigits() {
    assertTrue(WINDOWS.isWritable(0));
    assertTrue(WINDOWS.isWritable(EventTime.MIN_MICROS));
    assertTrue(WINDOWS.isWritable(EventTime.MAX_MICROS - 5_000_000));
    assertFalse(WINDOWS.isWritable(EventTime.MAX_MICROS), "its end is in the year 10000");
    var weeks = WindowAssigner.of(Duration.ofDays(7));
    assertFalse(weeks.isWritable(EventTime.MIN_MICROS), "its start is in the year 0");
    assertTrue(weeks.isWritable(EventTime.MIN_MICROS + weeks.lengthMicros()));
  }
}
