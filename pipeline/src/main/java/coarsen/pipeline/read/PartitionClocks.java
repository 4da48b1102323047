package coarsen.pipeline.read;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clocks of one run in this JVM. They outlive the readers, which the direct runner closes and
 * makes anew all the time, and partitions without records follow the others' clocks.
 */
final class PartitionClocks {
  private static final Map<String, PartitionClocks> BY_RUN = new ConcurrentHashMap<>();

  private final Map<Integer, PartitionClock> clocks = new ConcurrentHashMap<>();
  private final ReadPlan plan;
  private volatile long elsewhere = PartitionClock.NEVER;

  PartitionClocks(ReadPlan plan) {
    this.plan = plan;
  }

  /** The clocks of the plan's run. */
  static PartitionClocks of(ReadPlan plan) {
    return BY_RUN.computeIfAbsent(plan.runId(), id -> new PartitionClocks(plan));
  }

  /** Forgets a run that has ended. */
  static void forget(String runId) {
    BY_RUN.remove(runId);
  }

  /** The clock of a partition. */
  PartitionClock partition(int partition) {
    return clocks.computeIfAbsent(
        partition,
        p -> {
          Long end = plan.endOffsets().get(p);
          return new PartitionClock(
              plan.rules(),
              plan.startOffsets().getOrDefault(p, 0L),
              end == null ? OptionalLong.empty() : OptionalLong.of(end));
        });
  }

  /**
   * Whether a partition has had no reading, and no other in this JVM has had one that it could
   * follow.
   */
  boolean isAlone(int partition) {
    return !partition(partition).isUsed()
        && clocks.values().stream().noneMatch(PartitionClock::isUsed);
  }

  /** How far partitions are that other JVMs read, for those that are alone in this one. */
  void elsewhere(long watermark) {
    elsewhere = watermark;
  }

  /**
   * Moves a partition's watermark on.
   *
   * @return what its source is to tell the engine: the watermark, or the least of all partitions
   */
  long advance(int partition, long now) {
    if (plan.sources() != Sources.ONE_IN_STEP) {
      return advanceOne(partition, now);
    }
    // A source asks its partitions one after another: each must answer for all as they are now.
    // Twice, for those without readings follow the others.
    advanceAll(now);
    return advanceAll(now);
  }

  private long advanceAll(long now) {
    return plan.startOffsets().keySet().stream()
        .mapToLong(partition -> advanceOne(partition, now))
        .min()
        .orElse(PartitionClock.NEVER);
  }

  private long advanceOne(int partition, long now) {
    long others = PartitionClock.FINISHED;
    boolean any = false;
    for (PartitionClock clock : clocks.values()) {
      if (clock.isUsed()) {
        any = true;
        others = Math.min(others, clock.watermark());
      }
    }
    return partition(partition).advance(now, any ? others : elsewhere);
  }
}
