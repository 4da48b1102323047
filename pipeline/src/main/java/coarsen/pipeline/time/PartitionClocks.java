package coarsen.pipeline.time;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clocks of one run in this JVM. They outlive the readers, and partitions without readings
 * follow the clocks of the others.
 */
public final class PartitionClocks {
  private final Map<Integer, PartitionClock> clocks = new ConcurrentHashMap<>();
  private final EventTimeRules rules;
  private final SortedMap<Integer, Long> startOffsets;
  private final SortedMap<Integer, Long> endOffsets;
  private final boolean inStep;
  private volatile long remoteWatermark = PartitionClock.NEVER;

  /**
   * Clocks that have not started.
   *
   * @param startOffsets of all partitions of the topic
   * @param endOffsets for each partition, the offset to stop before; empty for a run without an end
   * @param inStep whether each partition reports the least watermark of all of them
   */
  public PartitionClocks(
      EventTimeRules rules,
      SortedMap<Integer, Long> startOffsets,
      SortedMap<Integer, Long> endOffsets,
      boolean inStep) {
    this.rules = rules;
    this.startOffsets = startOffsets;
    this.endOffsets = endOffsets;
    this.inStep = inStep;
  }

  /** The clock of a partition. */
  public PartitionClock partition(int partition) {
    return clocks.computeIfAbsent(
        partition,
        p -> {
          Long end = endOffsets.get(p);
          return new PartitionClock(
              rules,
              startOffsets.getOrDefault(p, 0L),
              end == null ? OptionalLong.empty() : OptionalLong.of(end));
        });
  }

  /** Whether all records that were delivered to readers of this JVM have been read. */
  public boolean areCaughtUp() {
    return clocks.values().stream().allMatch(PartitionClock::isCaughtUp);
  }

  /** Whether a partition has no readings, and no other one in this JVM has any to be followed. */
  public boolean hasNobodyToFollow(int partition) {
    return !partition(partition).hasReadings()
        && clocks.values().stream().noneMatch(PartitionClock::hasReadings);
  }

  /**
   * How far the partitions are that other JVMs read, for those with nobody to follow in this one.
   */
  public void remoteWatermark(long watermark) {
    remoteWatermark = watermark;
  }

  /**
   * Moves a partition's watermark on.
   *
   * @param now the wall clock, microseconds since 1970
   * @return what its source is to report to the engine: the watermark, or the least of all
   *     partitions
   */
  public long advance(int partition, long now) {
    if (!inStep) {
      return advanceOne(partition, now);
    }
    // A source asks its partitions one after another: each must answer for all as they are now.
    // Twice, because partitions without readings follow the others.
    advanceAll(now);
    return advanceAll(now);
  }

  private long advanceAll(long now) {
    return startOffsets.keySet().stream()
        .mapToLong(partition -> advanceOne(partition, now))
        .min()
        .orElse(PartitionClock.NEVER);
  }

  private long advanceOne(int partition, long now) {
    long others = PartitionClock.FINISHED;
    boolean any = false;
    for (PartitionClock clock : clocks.values()) {
      if (clock.hasReadings()) {
        any = true;
        others = Math.min(others, clock.watermark());
      }
    }
    return partition(partition).advance(now, any ? others : remoteWatermark);
  }
}
