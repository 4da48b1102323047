package coarsen.pipeline.time;

import coarsen.records.EventTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says in the log which partition holds back the windows of the others, and which one no longer
 * does because it is idle. For one thread.
 */
public final class WaitLog {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final PartitionClocks clocks;
  private final Consumer<String> warn;
  private final long unnoticed;
  private final Duration idleTimeout;
  private final Set<Integer> reportedIdle = new HashSet<>();
  private int holder = -1;
  private long heldSince;
  private boolean wasReported;
  private long reportedAt;

  /**
   * A log of these clocks.
   *
   * @param warn writes a line to the log
   */
  public WaitLog(PartitionClocks clocks, EventTimeRules rules, Consumer<String> warn) {
    this.clocks = clocks;
    this.warn = warn;
    idleTimeout = rules.idleTimeout();
    // Watermarks within a window of each other delay no more than one row.
    unnoticed = EventTimeRules.micros(rules.window().plus(rules.maxOutOfOrder()));
  }

  /**
   * Looks at the clocks. To be called about once a second.
   *
   * @param now the wall clock, microseconds since 1970
   * @param nanos the monotonic clock
   */
  public void look(long now, long nanos) {
    SortedMap<Integer, ClockState> states = clocks.states();
    states.forEach((partition, state) -> reportIdle(partition, state, now));
    findHolder(states, nanos);
  }

  private void reportIdle(int partition, ClockState state, long now) {
    if (state.followsOthers() && reportedIdle.add(partition)) {
      warn.accept(
          "partition "
              + partition
              + " has had no new reading since about "
              + EventTime.format((now - state.idleFor()) / 1_000_000 * 1_000_000)
              + " and no longer holds back the others; its next readings may be late if they are"
              + " older than those of the others (--idleTimeout="
              + idleTimeout.toSeconds()
              + "s)");
    }
  }

  private void findHolder(SortedMap<Integer, ClockState> states, long nanos) {
    int last = -1;
    int first = -1;
    for (Map.Entry<Integer, ClockState> entry : states.entrySet()) {
      long watermark = entry.getValue().watermark();
      last = last < 0 || watermark < watermark(states, last) ? entry.getKey() : last;
      first = first < 0 || watermark > watermark(states, first) ? entry.getKey() : first;
    }
    boolean holds =
        last >= 0
            && watermark(states, first) - watermark(states, last) > unnoticed
            && watermark(states, first) != PartitionClock.FINISHED;
    if (!holds || last != holder) {
      holder = holds ? last : -1;
      heldSince = nanos;
      wasReported = false;
    } else if (nanos - heldSince >= PATIENCE_NANOS
        && (!wasReported || nanos - reportedAt >= PAUSE_NANOS)) {
      wasReported = true;
      reportedAt = nanos;
      warn.accept(message(last, first, states, nanos - heldSince));
    }
  }

  private static long watermark(Map<Integer, ClockState> states, int partition) {
    ClockState state = states.get(partition);
    return state == null ? PartitionClock.NEVER : state.watermark();
  }

  private static String message(
      int last, int first, Map<Integer, ClockState> states, long heldNanos) {
    long distance = watermark(states, first) - watermark(states, last);
    ClockState held = states.get(last);
    boolean isUnread = held == null || !held.hasReadings();
    String backlog =
        held == null || held.backlog().isEmpty()
            ? "the broker does not answer how many of its records wait"
            : String.format(Locale.ROOT, "%,d of its records wait", held.backlog().getAsLong());
    return String.format(
        Locale.ROOT,
        "partition %d has held back the windows of the others for %ds: %s; %s",
        last,
        TimeUnit.NANOSECONDS.toSeconds(heldNanos),
        isUnread
            ? "it has no reading yet"
            : String.format(
                Locale.ROOT,
                "its event time is %ds behind that of partition %d",
                distance / 1_000_000,
                first),
        backlog);
  }
}
