package coarsen.pipeline.time;

import static coarsen.pipeline.time.PartitionClock.FINISHED;
import static coarsen.pipeline.time.PartitionClock.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Times in seconds; out of order 2 s, lateness 10 s, windows of 5 s, skew 60 s. */
class PartitionClockTest {
  private static final EventTimeRules RULES =
      EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(10));
  private static final double NOW = 1_000_000;

  private double elapsed;
  private final PartitionClock clock = clock(0, OptionalLong.empty());
  private long offset;

  private PartitionClock clock(long start, OptionalLong end) {
    return new PartitionClock(RULES, start, end, () -> s(elapsed) * 1_000);
  }

  private static long s(double seconds) {
    return Math.round(seconds * 1e6);
  }

  private boolean read(double eventTime) {
    return read(eventTime, NOW);
  }

  private boolean read(double eventTime, double kafkaTime) {
    clock.polled(offset + 1, offset + 1);
    Judge judge = clock.judge();
    boolean late = judge.isLate(s(eventTime), s(kafkaTime));
    clock.readTo(++offset, judge);
    return late;
  }

  private long advance(double now) {
    return clock.advance(s(now), NEVER);
  }

  /** The broker answers that so many records wait. */
  private void waits(long records) {
    clock.polled(offset, offset);
    clock.answered(offset + records, s(elapsed) * 1_000);
  }

  /** So many seconds pass, in which the broker answers each half second that nothing waits. */
  private void idle(double seconds) {
    for (double end = elapsed + seconds; elapsed < end; ) {
      waits(0);
      elapsed = Math.min(end, elapsed + 0.5);
    }
    waits(0);
  }

  @Test
  void theWatermarkStaysBehindTheGreatestEventTimeAndNeverGoesBack() {
    read(100);
    assertEquals(s(98), advance(NOW));
    read(90);
    assertEquals(s(98), advance(NOW));
    read(103.5);
    assertEquals(s(101.5), advance(NOW));
  }

  @Test
  void theWatermarkNeverPassesNow() {
    read(NOW + 30, NOW + 30);
    assertEquals(s(NOW - 2), advance(NOW));
    assertEquals(s(NOW - 1), advance(NOW + 1));
  }

  @Test
  void aReadingCountsAtMostItsKafkaTimestamp() {
    read(150, 100);
    assertEquals(s(98), advance(NOW));
  }

  @Test
  void whileIdleEventTimeContinuesToTheEndOfTheLastWindow() {
    read(100);
    advance(NOW);
    idle(0.5);
    assertEquals(s(98.5), advance(NOW));
    idle(4);
    assertEquals(s(102.5), advance(NOW));
    idle(1_000);
    assertEquals(s(105), advance(NOW), "the window of the reading is [100, 105)");
  }

  @Test
  void theLastWindowIsThatOfTheGreatestEventTimeAlsoWhereKafkaTimestampsAreBehind() {
    read(150, 100);
    idle(100);
    assertEquals(s(155), advance(NOW));
  }

  @Test
  void whileRecordsWaitOrTheBrokerDoesNotAnswerEventTimeStandsStill() {
    read(100);
    waits(3);
    elapsed += 10;
    waits(3);
    assertEquals(s(98), advance(NOW));
    elapsed += 10;
    assertEquals(s(98), advance(NOW), "the broker does not answer");
    waits(0);
    elapsed += 0.5;
    waits(0);
    assertEquals(s(98 + 1 + 0.5), advance(NOW), "of what nobody answered for, a second counts");
  }

  @Test
  void anAnswerIsTrueForTheTimeOfTheQuestionOnly() {
    read(100);
    waits(0);
    elapsed += 1;
    long asked = s(elapsed) * 1_000;
    elapsed += 60; // The process is suspended while the answer is on its way.
    clock.answered(offset, asked);
    assertEquals(s(99), advance(NOW + 61));
  }

  @Test
  void theWallClockMayJump() {
    read(100);
    idle(1);
    assertEquals(s(99), advance(NOW + 3_600));
    idle(1);
    assertEquals(s(100), advance(NOW - 3_600));
  }

  @Test
  void recordsThatWereDeliveredAndNotReadYetHoldTheClock() {
    read(100);
    idle(1);
    clock.polled(offset + 10, offset + 10);
    Judge judge = clock.judge();
    clock.answered(offset + 10, s(elapsed) * 1_000);
    elapsed += 1;
    clock.answered(offset + 10, s(elapsed) * 1_000);
    assertEquals(s(98), advance(NOW + 10), "a judge must not be overtaken");
    assertFalse(judge.isLate(s(98), s(NOW)));
  }

  @Test
  void messagesThatAreNotReadingsDoNotEndAnIdleTime() {
    read(100);
    for (int i = 0; i < 20; i++) {
      idle(0.5);
      clock.readTo(++offset, clock.judge());
    }
    idle(0.5);
    assertEquals(s(105), advance(NOW));
  }

  @Test
  void aReplayThatIsSlowerThanRealTimeMakesNothingLate() {
    for (int i = 0; i < 3_000; i++) {
      assertFalse(read(i, NOW + 10 * i), "reading " + i);
      idle(10);
      advance(NOW + 10 * i + 10);
    }
  }

  @Test
  void afterAPauseOfAnyLengthReadingsInOrderAreNotLate() {
    read(100);
    for (int pause = 1; pause < 100_000; pause *= 3) {
      idle(pause);
      advance(NOW + 1_000_000);
      assertFalse(read(100 + pause / 10.0), "a pause of " + pause + " s");
    }
  }

  @Test
  void aReadingIsLateWhenItsWindowCouldNotBeCorrectedJustBeforeIt() {
    assertFalse(read(100));
    assertFalse(read(85), "the window to 90 s can be corrected until the clock is at 100 s");
    assertFalse(read(101.999));
    assertFalse(read(85));
    assertFalse(read(102));
    assertTrue(read(85), "90 s − 1 ms + 10 s is before 100 s");
    assertFalse(read(90));
  }

  @Test
  void aReadingAfterAnIdleTimeIsJudgedByTheClockThatContinued() {
    read(104);
    idle(30);
    advance(NOW);
    assertTrue(read(94.9), "its window + 10 s ended just before 105 s");
    assertFalse(read(95));
  }

  @Test
  void readingsThatAreReadAgainComeToTheSameConclusions() {
    double[] times = {100, 130, 99, 250, 180, 240, 239.9, 236};
    double[] kafkaTimes = {101, 131, 132, 133, 134, 260, 261, 262};
    boolean[] first = new boolean[times.length];
    for (int i = 0; i < times.length; i++) {
      first[i] = read(times[i], kafkaTimes[i]);
      advance(300 + i);
    }
    // All in one batch, where they came one by one before.
    Judge again = clock(0, OptionalLong.empty()).judge();
    for (int i = 0; i < times.length; i++) {
      assertEquals(first[i], again.isLate(s(times[i]), s(kafkaTimes[i])), "reading " + i);
    }
  }

  @Test
  void aReadingFarAheadOfItsKafkaTimestampIsFromTheFuture() {
    assertFalse(RULES.isFromTheFuture(s(160), s(100), s(NOW)));
    assertTrue(RULES.isFromTheFuture(s(160.000001), s(100), s(NOW)));
    assertTrue(RULES.isFromTheFuture(s(NOW + 61), s(NOW + 100), s(NOW)));
  }

  @Test
  void anUnusedPartitionFollowsTheOthersOnceItIsKnownToBeEmpty() {
    assertEquals(NEVER, clock.advance(s(NOW), s(50)), "not read yet");
    waits(1);
    assertEquals(NEVER, clock.advance(s(NOW), s(50)));
    waits(0);
    assertEquals(s(50), clock.advance(s(NOW), s(50)));
    assertEquals(s(60), clock.advance(s(NOW), s(60)));
    assertFalse(read(70));
    assertEquals(s(68), advance(NOW));
  }

  @Test
  void aPartitionThatWasReadToItsEndIsFinished() {
    var bounded = clock(0, OptionalLong.of(2));
    bounded.positioned(0);
    bounded.polled(2, 2);
    Judge judge = bounded.judge();
    assertFalse(judge.isLate(s(100), s(NOW)));
    bounded.readTo(1, judge);
    assertEquals(s(98), bounded.advance(s(NOW), NEVER));
    bounded.readTo(2, bounded.judge());
    assertEquals(FINISHED, bounded.advance(s(NOW), NEVER));
  }

  @Test
  void markersAndCompactedRecordsAtTheEndDoNotHoldTheEndBack() {
    var bounded = clock(5, OptionalLong.of(9));
    bounded.positioned(5);
    bounded.polled(7, 9);
    bounded.readTo(7, bounded.judge());
    assertEquals(FINISHED, bounded.advance(s(NOW), NEVER));
  }

  @Test
  void anEmptyPartitionIsFinishedAtOnce() {
    var bounded = clock(4, OptionalLong.of(4));
    assertEquals(FINISHED, bounded.advance(s(NOW), NEVER));
  }

  @Test
  void aReaderThatContinuesWhereTheLastStoppedKeepsTheClock() {
    read(100);
    advance(NOW);
    clock.restored(s(90));
    clock.positioned(offset);
    assertEquals(s(100), clock.judge().maxEventTimeBefore());
    assertEquals(s(98), advance(NOW));
  }

  @Test
  void aReaderThatWasRestoredElsewhereClaimsTooLittleRatherThanTooMuch() {
    read(100);
    advance(NOW);
    clock.restored(s(50));
    clock.positioned(40);
    assertEquals(s(50 + 2 + 60), clock.judge().maxEventTimeBefore(), "an upper bound");
    assertEquals(s(50), clock.watermark(), "readings that are read again must not look late");
    assertFalse(clock.judge().isLate(s(60), s(NOW)));
  }

  @Test
  void withoutALimitToTheFutureARestoreBoundsNoEventTimeAndTheLastWindowCloses() {
    var open =
        new PartitionClock(
            RULES.withMaxFutureSkew(null), 0, OptionalLong.empty(), () -> s(elapsed) * 1_000);
    open.restored(s(50));
    open.positioned(40);
    assertEquals(FINISHED, open.judge().maxEventTimeBefore(), "an upper bound");
    for (; elapsed < 20; elapsed += 0.5) {
      open.polled(40, 40);
      open.answered(40, s(elapsed) * 1_000);
    }
    assertEquals(s(55), open.advance(s(NOW), NEVER), "the end of the window of 50 + 2");
  }

  @Test
  void aReaderThatBeginsElsewhereKnowsOnlyTheEventTimesThatItReads() {
    clock.restored(NEVER);
    offset = 40;
    clock.positioned(offset);
    assertEquals(NEVER, clock.judge().seenMaxBefore());
    assertEquals(FINISHED, clock.judge().maxEventTimeBefore(), "an upper bound");
    read(101, 99);
    assertEquals(s(101), clock.judge().seenMaxBefore());
    assertEquals(FINISHED, clock.judge().maxEventTimeBefore(), "an upper bound");
    idle(100);
    assertEquals(s(105), advance(NOW), "the end of the window of 101");
  }

  @Test
  void theExampleOfThePackageIsTrue() {
    clock.restored(NEVER);
    clock.positioned(0);
    clock.polled(3, 3);
    Judge judge = clock.judge();
    assertFalse(judge.isLate(s(10), s(NOW)));
    assertFalse(judge.isLate(s(14), s(NOW)));
    assertFalse(judge.isLate(s(9), s(NOW)));
    clock.readTo(3, judge);
    assertEquals(s(14), clock.judge().maxEventTimeBefore());
    assertEquals(s(12), advance(NOW));
    offset = 3;
    waits(0);
    elapsed += 1;
    waits(0);
    assertEquals(s(13), advance(NOW));
    idle(2);
    assertEquals(s(15), advance(NOW));
    idle(3_600);
    assertEquals(s(15), advance(NOW + 3_600));
    Judge next = clock.judge();
    assertFalse(next.isLate(s(8), s(NOW)));
    assertFalse(next.isLate(s(31), s(NOW)));
    assertTrue(next.isLate(s(8), s(NOW)));
  }

  @Test
  void aReadingInTheLastMillisecondOfItsWindowIsJudgedByThatMillisecond() {
    read(101.9991);
    assertTrue(read(89.9995), "its window's last millisecond, 89.999, + 10 s is before 99.9991");
    assertFalse(read(90));
  }

  @Test
  void anIdlePartitionFollowsTheOthersAfterTheTimeout() {
    read(100);
    idle(29.5);
    assertEquals(s(105), clock.advance(s(NOW), s(5_000)));
    assertFalse(clock.mayFollow());
    idle(0.5);
    assertTrue(clock.mayFollow());
    assertEquals(s(5_000), clock.advance(s(NOW), s(5_000)));
    assertTrue(clock.state().followsOthers());
    assertTrue(read(101), "what comes from before is late by the rule");
    assertFalse(clock.mayFollow(), "it has readings again");
    idle(1);
    assertEquals(s(5_000), clock.advance(s(NOW), s(6_000)));
  }

  @Test
  void aPartitionWhoseBrokerIsAwayFollowsNobody() {
    read(100);
    idle(100);
    elapsed += 2;
    assertEquals(s(105), clock.advance(s(NOW), s(5_000)));
    assertFalse(clock.mayFollow());
  }
}
