package coarsen.pipeline.time;

import static coarsen.pipeline.time.PartitionClock.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic of eight partitions. Times in seconds; the watermark stays 2 s behind. */
class PartitionClocksTest {
  private static final double NOW = 1_000_000;
  private double elapsed;
  private PartitionClocks clocks = clocks(false);

  private PartitionClocks clocks(boolean inStep) {
    var startOffsets = new TreeMap<Integer, Long>();
    IntStream.range(0, 8).forEach(partition -> startOffsets.put(partition, 0L));
    return new PartitionClocks(
        EventTimeRules.DEFAULT.withAllowedLateness(Duration.ZERO).withMaxFutureSkew(Duration.ZERO),
        startOffsets,
        Collections.emptySortedMap(),
        inStep,
        () -> s(elapsed) * 1_000);
  }

  private static long s(double seconds) {
    return Math.round(seconds * 1e6);
  }

  private void read(int partition, double eventTime) {
    Judge judge = clocks.partition(partition).judge();
    judge.isLate(s(eventTime), s(NOW + 1_000));
    clocks.partition(partition).readTo(1, judge);
    empty(partition, 1);
  }

  /** The broker answers that nothing waits behind an offset. */
  private void empty(int partition, long end) {
    clocks.partition(partition).polled(end, end);
    clocks.partition(partition).answered(end, s(elapsed) * 1_000);
  }

  /** So many seconds pass, in which nothing comes to partitions with so many records each. */
  private void idle(double seconds, int... ends) {
    for (double until = elapsed + seconds; elapsed < until; ) {
      elapsed = Math.min(until, elapsed + 0.5);
      for (int partition = 0; partition < ends.length; partition++) {
        if (ends[partition] >= 0) {
          empty(partition, ends[partition]);
        }
      }
    }
  }

  /** The engine's watermark: the least of all partitions. */
  private long least(double now) {
    return IntStream.range(0, 8).mapToLong(p -> clocks.advance(p, s(now))).min().orElseThrow();
  }

  @Test
  void partitionsThatWereNotReadYetHoldTheOthersBackAndEmptyOnesFollow() {
    read(3, 100);
    assertEquals(NEVER, least(NOW));
    idle(1, 0, 0, 0, 1, 0, 0, 0, 0);
    least(NOW);
    assertEquals(s(98 + 1), least(NOW), "one call late: each follows what it finds");
    idle(60, 0, 0, 0, 1, 0, 0, 0, 0);
    least(NOW + 62);
    assertEquals(s(105), least(NOW + 62), "the last window closes although nothing comes");
  }

  @Test
  void aPartitionWithNobodyToFollowHereFollowsThoseThatOtherJvmsRead() {
    empty(3, 0);
    assertTrue(clocks.needsRemoteWatermark());
    assertEquals(NEVER, clocks.advance(3, s(NOW)));
    clocks.remoteWatermark(s(70));
    assertEquals(s(70), clocks.advance(3, s(NOW)));
    read(4, 60);
    assertFalse(clocks.needsRemoteWatermark(), "it follows partition 4 from now on");
    idle(31, -1, -1, -1, 0, 1);
    assertTrue(clocks.needsRemoteWatermark(), "4 is idle, too");
    clocks.remoteWatermark(s(500));
    assertEquals(s(500), clocks.advance(4, s(NOW)));
  }

  @Test
  void whereAllPartitionsAreReadInThisJvmNoOtherIsAsked() {
    idle(1, 0, 0, 0, 0, 0, 0, 0, 0);
    assertFalse(clocks.needsRemoteWatermark());
  }

  @Test
  void aPartitionOfNothingButRejectsDoesNotHoldTheOthersBack() {
    read(0, 100);
    clocks.partition(1).readTo(5, clocks.partition(1).judge());
    empty(1, 5);
    clocks.advance(0, s(NOW));
    clocks.advance(1, s(NOW));
    assertEquals(s(98), clocks.advance(1, s(NOW)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3_600, -1e9})
  void aQuietPartitionWithAnOldReadingHoldsTheOthersBackForTheIdleTimeoutOnly(double old) {
    read(0, NOW + old);
    read(1, NOW - 1);
    idle(29.5, 1, -1, 0, 0, 0, 0, 0, 0);
    assertTrue(least(NOW) <= s(NOW + old + 5));
    for (int second = 30; second < 60; second++) {
      idle(1, 1, -1, 0, 0, 0, 0, 0, 0);
      read(1, NOW + second);
      least(NOW + second + 1);
      assertEquals(s(NOW + second - 2), least(NOW + second + 1), "second " + second);
    }
  }

  @Test
  void whenAllAreIdleTheLastWindowsOfAllClose() {
    read(0, 5);
    for (int partition = 1; partition < 8; partition++) {
      read(partition, 100 + 10 * partition);
    }
    idle(29, 1, 1, 1, 1, 1, 1, 1, 1);
    assertEquals(s(10), least(NOW), "each is at the end of its last window");
    idle(2, 1, 1, 1, 1, 1, 1, 1, 1);
    least(NOW);
    assertEquals(s(175), least(NOW), "the window of the reading at 170 s");
  }

  @Test
  void aPartitionWithABacklogHoldsTheOthersBackHoweverLong() {
    read(0, 100);
    read(1, 5_000);
    for (int second = 0; second < 100; second++) {
      idle(1, -1, -1, 0, 0, 0, 0, 0, 0);
      clocks.partition(0).answered(7, s(elapsed) * 1_000);
      read(1, 5_000 + second);
      assertEquals(s(98), least(NOW));
    }
  }

  @Test
  void thePartitionThatIsFarthestBackHoldsAllBack() {
    for (int partition = 0; partition < 8; partition++) {
      read(partition, partition == 5 ? 140 : 200);
    }
    assertEquals(s(138), least(NOW));
    read(5, 210);
    assertEquals(s(198), least(NOW));
  }

  @Test
  void inStepEachPartitionReportsTheLeastWatermarkOfAll() {
    clocks = clocks(true);
    read(0, 200);
    assertEquals(NEVER, clocks.advance(0, s(NOW)), "the others were not read yet");
    for (int partition = 2; partition < 8; partition++) {
      read(partition, partition == 5 ? 140 : 200);
    }
    empty(1, 0);
    assertEquals(s(138), clocks.advance(0, s(NOW)), "1 has no readings and follows");
    read(5, 201);
    assertEquals(s(198), clocks.advance(0, s(NOW)), "although nobody has asked the others again");
  }
}
