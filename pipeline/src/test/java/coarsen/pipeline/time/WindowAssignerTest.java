package coarsen.pipeline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
