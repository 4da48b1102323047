package coarsen.pipeline.time;

import static coarsen.pipeline.time.PartitionClock.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A topic of eight partitions. Times in seconds; the watermark stays 2 s behind. */
class PartitionClocksTest {
  private static final double NOW = 1_000_000;
  private PartitionClocks clocks = clocks(false);

  private static PartitionClocks clocks(boolean inStep) {
    var startOffsets = new TreeMap<Integer, Long>();
    IntStream.range(0, 8).forEach(partition -> startOffsets.put(partition, 0L));
    return new PartitionClocks(
        EventTimeRules.DEFAULT.withAllowedLateness(Duration.ZERO).withMaxFutureSkew(Duration.ZERO),
        startOffsets,
        Collections.emptySortedMap(),
        inStep);
  }

  private static long s(double seconds) {
    return Math.round(seconds * 1e6);
  }

  private void read(int partition, double eventTime) {
    PartitionClock.Judge judge = clocks.partition(partition).judge();
    judge.isLate(s(eventTime), s(NOW));
    clocks.partition(partition).readTo(1, judge);
    clocks.partition(partition).polled(1, 1, OptionalLong.of(0));
  }

  /** The engine's watermark: the least of all partitions. */
  private long least(double now) {
    return IntStream.range(0, 8).mapToLong(p -> clocks.advance(p, s(now))).min().orElseThrow();
  }

  @Test
  void partitionsThatWereNotReadYetHoldTheOthersBackAndEmptyOnesFollow() {
    read(3, 100);
    assertEquals(NEVER, least(NOW));
    for (int partition = 0; partition < 8; partition++) {
      if (partition != 3) {
        clocks.partition(partition).polled(0, 0, OptionalLong.of(0));
      }
    }
    least(NOW + 1);
    assertEquals(s(98 + 1), least(NOW + 2), "one call late: each follows what it finds");
    least(NOW + 63);
    assertEquals(s(98 + 63), least(NOW + 63), "the last window closes although nothing comes");
  }

  @Test
  void aPartitionWithNobodyToFollowHereFollowsThoseThatOtherJvmsRead() {
    clocks.partition(3).polled(0, 0, OptionalLong.of(0));
    assertTrue(clocks.hasNobodyToFollow(3));
    assertEquals(NEVER, clocks.advance(3, s(NOW)));
    clocks.remoteWatermark(s(70));
    assertEquals(s(70), clocks.advance(3, s(NOW)));
    read(4, 60);
    assertFalse(clocks.hasNobodyToFollow(3), "it follows partition 4 from now on");
  }

  @Test
  void aPartitionOfNothingButRejectsDoesNotHoldTheOthersBack() {
    read(0, 100);
    clocks.partition(1).readTo(5, clocks.partition(1).judge());
    clocks.partition(1).polled(5, 5, OptionalLong.of(0));
    clocks.advance(0, s(NOW));
    clocks.advance(1, s(NOW));
    assertEquals(s(98), clocks.advance(1, s(NOW)));
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
    clocks.partition(1).polled(0, 0, OptionalLong.of(0));
    assertEquals(s(138), clocks.advance(0, s(NOW)), "1 has no readings and follows");
    read(5, 201);
    assertEquals(s(198), clocks.advance(0, s(NOW)), "although nobody has asked the others again");
  }
}
