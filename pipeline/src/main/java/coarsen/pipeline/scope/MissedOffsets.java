package coarsen.pipeline.scope;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Offsets that were gone from the source before this JVM's readers came to them, because of
 * retention or because records were deleted. Counted by the poll, and moved from here to the run's
 * metrics by the next batch: a poll can't reach those.
 */
public final class MissedOffsets {
  private final AtomicLong count = new AtomicLong();

  /** Those of a scope's run. */
  public static MissedOffsets in(RunScope scope) {
    return scope.part(MissedOffsets.class, MissedOffsets::new);
  }

  /** So many more were gone. */
  public void add(long offsets) {
    count.addAndGet(offsets);
  }

  /** How many were added since the last {@link #take}. */
  public long get() {
    return count.get();
  }

  /** Returns how many were added since the last call, and forgets them. */
  public long take() {
    return count.getAndSet(0);
  }
}
