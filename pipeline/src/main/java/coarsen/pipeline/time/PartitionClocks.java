package coarsen.pipeline.time;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The clocks of one run in this JVM. They outlive the readers.
 *
 * <p>A partition follows others, so as not to hold back their windows, when it is empty, or when it
 * has been idle for {@code idleTimeout}. It follows the least watermark of those that do not follow
 * themselves. When all partitions are idle for so long, they follow the greatest, which closes the
 * last windows of all. A partition that has a backlog, or whose broker does not answer, follows
 * nobody, and the others wait for it.
 */
public final class PartitionClocks {
  private final Map<Integer, PartitionClock> clocks = new ConcurrentHashMap<>();
  private final EventTimeRules rules;
  private final SortedMap<Integer, Long> startOffsets;
  private final SortedMap<Integer, Long> endOffsets;
  private final boolean inStep;
  private final LongSupplier nanoTime;
  private volatile long remoteWatermark = PartitionClock.NEVER;

  /**
   * Clocks that have not started.
   *
   * @param startOffsets of all partitions of the topic
   * @param endOffsets for each partition, the offset to stop before; empty for a run without an end
   * @param inStep whether each partition reports the least watermark of all of them
   * @param nanoTime a monotonic clock, as {@link System#nanoTime}
   */
  public PartitionClocks(
      EventTimeRules rules,
      SortedMap<Integer, Long> startOffsets,
      SortedMap<Integer, Long> endOffsets,
      boolean inStep,
      LongSupplier nanoTime) {
    this.rules = rules;
    this.startOffsets = startOffsets;
    this.endOffsets = endOffsets;
    this.inStep = inStep;
    this.nanoTime = nanoTime;
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
              end == null ? OptionalLong.empty() : OptionalLong.of(end),
              nanoTime);
        });
  }

  /** Whether all records that were delivered to readers of this JVM have been read. */
  public boolean areCaughtUp() {
    return clocks.values().stream().allMatch(PartitionClock::isCaughtUp);
  }

  /**
   * Whether this JVM must know how far the partitions are that other JVMs read: all of its own may
   * follow others, and none of them has anybody to follow here.
   */
  public boolean needsRemoteWatermark() {
    return clocks.size() < startOffsets.size()
        && clocks.values().stream().allMatch(PartitionClock::mayFollow);
  }

  /** How far the partitions are that other JVMs read, {@link PartitionClock#NEVER} if unknown. */
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
      return partition(partition).advance(now, followed());
    }
    // A source asks its partitions one after another: each must answer for all as they are now.
    // Twice, because some follow the others.
    advanceAll(now);
    return advanceAll(now);
  }

  private long advanceAll(long now) {
    return startOffsets.keySet().stream()
        .mapToLong(partition -> partition(partition).advance(now, followed()))
        .min()
        .orElse(PartitionClock.NEVER);
  }

  /** Moves the clocks on; the least watermark of those with readings, or NEVER if none has any. */
  public long advanceThoseWithReadings(long now) {
    long least = PartitionClock.FINISHED;
    boolean any = false;
    for (PartitionClock clock : clocks.values()) {
      long watermark = clock.advance(now, followed());
      if (clock.hasReadings()) {
        any = true;
        least = Math.min(least, watermark);
      }
    }
    return any ? least : PartitionClock.NEVER;
  }

  /** The state of each clock, by partition. */
  SortedMap<Integer, ClockState> states() {
    var states = new TreeMap<Integer, ClockState>();
    clocks.forEach((partition, clock) -> states.put(partition, clock.state()));
    return states;
  }

  /** What partitions follow that may. */
  private long followed() {
    long least = PartitionClock.FINISHED;
    long greatest = remoteWatermark;
    boolean anyLeads = false;
    for (PartitionClock clock : clocks.values()) {
      if (clock.hasReadings()) {
        long watermark = clock.watermark();
        greatest = Math.max(greatest, watermark);
        if (!clock.mayFollow()) {
          anyLeads = true;
          least = Math.min(least, watermark);
        }
      }
    }
    return anyLeads ? least : greatest;
  }
}
