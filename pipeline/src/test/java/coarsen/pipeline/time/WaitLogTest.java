package coarsen.pipeline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A topic of two partitions; partition 1 has readings of now, one a second. */
class WaitLogTest {
  private static final long SECOND = 1_000_000;
  private static final long START = EventTime.parse("2026-01-01T12:00:00Z");

  private long second;
  private final PartitionClocks clocks =
      new PartitionClocks(
          EventTimeRules.DEFAULT,
          new TreeMap<>(Map.of(0, 0L, 1, 0L)),
          new TreeMap<>(),
          false,
          () -> second * SECOND * 1_000);
  private final List<String> lines = new ArrayList<>();
  private final WaitLog log = new WaitLog(clocks, EventTimeRules.DEFAULT, lines::add);

  private List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private void read(int partition, long ts) {
    Judge judge = clocks.partition(partition).judge();
    judge.isLate(ts, ts);
    clocks.partition(partition).readTo(1, judge);
    clocks.partition(partition).polled(1, 1);
  }

  /** So many seconds pass, in which so many records wait in partition 0; -1 if nobody knows. */
  private void pass(int seconds, long waiting) {
    for (int i = 0; i < seconds; i++) {
      second++;
      long now = START + second * SECOND;
      read(1, now);
      if (waiting >= 0) {
        clocks.partition(0).answered(1 + waiting, second * SECOND * 1_000);
      }
      clocks.partition(1).answered(1, second * SECOND * 1_000);
      clocks.advance(0, now + SECOND);
      clocks.advance(1, now + SECOND);
      log.look(now, second * SECOND * 1_000);
    }
  }

  @Test
  void aPartitionWithABacklogThatHoldsTheOthersBackIsNamedAfterAMinute() {
    read(0, START - 100 * SECOND);
    pass(60, 1_234);
    assertEquals(List.of(), take());
    pass(5, 1_234);
    assertEquals(
        List.of(
            "partition 0 has held back the windows of the others for 60s: its event time is 161s"
                + " behind that of partition 1; 1,234 of its records wait"),
        take());
    pass(590, 1_234);
    assertEquals(List.of(), take(), "not again within ten minutes");
    pass(10, 1_234);
    assertEquals(1, take().size());
  }

  @Test
  void aPartitionWhoseBrokerIsAwayIsNamed() {
    read(0, START);
    pass(80, -1);
    List<String> said = take();
    assertEquals(1, said.size(), said::toString);
    assertTrue(
        said.get(0).contains("the broker does not answer how many of its records wait"),
        said::toString);
  }

  @Test
  void aPartitionThatWasNeverReadIsNamed() {
    clocks.partition(0);
    pass(70, 5);
    List<String> said = take();
    assertEquals(1, said.size(), said::toString);
    assertTrue(
        said.get(0).contains("it has no reading yet; 6 of its records wait"), said::toString);
  }

  @Test
  void anIdlePartitionThatNoLongerHoldsTheOthersBackIsNamedOnce() {
    read(0, 3 * SECOND);
    pass(200, 0);
    assertEquals(
        List.of(
            "partition 0 has had no new reading since about 2026-01-01T12:00:01Z and no longer holds"
                + " back the others; its next readings may be late if they are older than those of"
                + " the others (--idleTimeout=30s)"),
        take());
  }

  @Test
  void partitionsCloseToEachOtherNeedNoWord() {
    read(0, START);
    for (int i = 0; i < 100; i++) {
      read(0, START + second * SECOND - 5 * SECOND);
      pass(1, 3);
    }
    assertEquals(List.of(), take());
  }
}
