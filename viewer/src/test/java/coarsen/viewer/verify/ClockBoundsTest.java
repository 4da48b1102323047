package coarsen.viewer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How late readings must and can be; windows of 5 s, maxOutOfOrder 2 s, allowedLateness 10 s. */
class ClockBoundsTest {
  private static final long SECOND = 1_000_000;
  private static final long LENGTH = 5 * SECOND;
  private static final Rules RULES =
      new Rules(null, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));

  private final ClockBounds clock = new ClockBounds(LENGTH, RULES);

  @Test
  void aReadingIsLateOnceTheClockHasPassedItsWindowAndTheLateness() {
    // The window from 0 ends at 5 s, is corrected until 15 s, and the clock is 2 s behind.
    clock.add(reading(16.998, 0, 0));
    clock.add(reading(16.999001, 0, 1));
    kafka(0, 0);
    kafka(0, 1);
    assertFalse(clock.isLate(reading(4, 0, 1)));
    assertTrue(clock.isLate(reading(4, 0, 2)));
    assertFalse(clock.isLate(reading(5, 0, 2)), "the next window");
    assertFalse(clock.isLate(reading(4, 1, 2)), "another partition");
  }

  @Test
  void withoutItsKafkaTimestampAReadingCountsLessByTheSkew() {
    clock.add(reading(76.999, 0, 0));
    assertFalse(clock.isLate(reading(4, 0, 1)));
    clock.add(reading(76.999001, 0, 0));
    assertTrue(clock.isLate(reading(4, 0, 1)));
  }

  @Test
  void withAnySkewAReadingWithoutItsKafkaTimestampTellsNothing() {
    var any =
        new ClockBounds(
            LENGTH, new Rules(null, Duration.ofSeconds(2), Duration.ofSeconds(10), null));
    any.add(reading(250_000_000, 0, 0));
    assertFalse(any.isLate(reading(-60_000_000, 0, 1)));
    any.addKafkaTime(0, 0, 20 * SECOND);
    assertTrue(any.isLate(reading(4, 0, 1)));
    assertFalse(any.isLate(reading(10, 0, 1)));
  }

  @Test
  void aReadingCountsAtMostItsKafkaTimestamp() {
    clock.add(reading(60, 0, 0));
    clock.addKafkaTime(0, 0, 16 * SECOND);
    assertFalse(clock.isLate(reading(4, 0, 1)));
    assertTrue(clock.isLate(reading(-1, 0, 1)));
  }

  @Test
  void theReadingsOfAMessageFollowOneAnotherByTheirIndex() {
    for (long offset : new long[] {5, 1L << 50}) {
      var bounds = new ClockBounds(LENGTH, RULES);
      bounds.add(part(20, offset, 3));
      bounds.add(part(16, offset, 1));
      bounds.addKafkaTime(0, offset, 17_001_000);
      assertFalse(bounds.isLate(part(4, offset, 1)));
      assertFalse(bounds.isLate(part(4, offset, 2)), "before the greatest");
      assertFalse(bounds.isLate(part(4, offset, 3)));
      assertTrue(bounds.isLate(part(4, offset, 4)), "after it");
      assertFalse(bounds.canBeLate(part(4, offset, 1)), "nothing was before it");
      assertTrue(bounds.canBeLate(part(4, offset, 2)), "it may have been idle");
      assertFalse(bounds.canHaveEnded(0, offset - 1, 0));
      assertTrue(bounds.canHaveEnded(0, offset, 0));
      assertEquals(offset, bounds.first(0, 0, 20 * SECOND));
    }
  }

  private static Reading part(double seconds, long offset, int index) {
    return new Reading(Math.round(seconds * SECOND), 1, 0, offset, index, 0, false);
  }

  @Test
  void anIdlePartitionsClockReachesTheEndOfTheNewestWindowOrFollowsTheOthers() {
    clock.add(reading(11, 0, 0));
    clock.add(reading(4, 0, 1));
    assertTrue(clock.canBeLate(reading(4, 0, 1)), "at 15 s, when the window from 10 has ended");
    assertFalse(clock.canBeLate(reading(6, 0, 1)));
    assertFalse(clock.canBeLate(reading(4, 0, 0)), "nothing was before it");
    clock.add(reading(31, 1, 0));
    assertTrue(clock.canBeLate(reading(6, 0, 0)), "it may have followed the other partition");
    assertFalse(clock.isLate(reading(6, 0, 0)));
  }

  @Test
  void inAnyOrderOfRowsTheBoundsAreThoseOfTheRules() {
    var random = new Random(5);
    for (int round = 0; round < 50; round++) {
      List<Reading> rows = new ArrayList<>();
      for (int offset = 0; offset < 200; offset++) {
        rows.add(reading(offset * 0.5 - random.nextInt(40), 0, offset));
      }
      List<Reading> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      var bounds = new ClockBounds(LENGTH, RULES);
      shuffled.forEach(bounds::add);
      rows.forEach(row -> bounds.addKafkaTime(0, row.offset(), row.tsMicros()));
      long greatest = Long.MIN_VALUE / 2;
      for (Reading row : rows) {
        long last = Math.floorDiv(row.tsMicros(), LENGTH) * LENGTH + LENGTH - 1_000;
        boolean late = last + 10 * SECOND < greatest - 2 * SECOND;
        assertEquals(late, bounds.isLate(row), row::toString);
        long end = Math.floorDiv(greatest, LENGTH) * LENGTH + LENGTH;
        assertEquals(last + 10 * SECOND < end, bounds.canBeLate(row), row::toString);
        greatest = Math.max(greatest, row.tsMicros());
      }
    }
  }

  private void kafka(int partition, long offset) {
    clock.addKafkaTime(partition, offset, 1_000 * SECOND);
  }

  private static Reading reading(double seconds, int partition, long offset) {
    return new Reading(Math.round(seconds * SECOND), 1, partition, offset, 0, false);
  }
}
