package coarsen.pipeline.scope;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets a run that is stopped finish what it has read, in this JVM: readers stop reading, and the
 * run waits until every branch of the pipeline has had all batches. Without it a window's row could
 * be written whose readings are in no raw row, or the reverse.
 */
public final class Drain {
  private static final long LOOK_NANOS = 10_000_000;

  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong bundles = new AtomicLong();
  private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
  private volatile boolean requested;

  /** That of a scope's run. */
  public static Drain in(RunScope scope) {
    return scope.part(Drain.class, Drain::new);
  }

  /** Asks the readers to read no more. */
  public void request() {
    requested = true;
  }

  /** Whether readers are to read no more. */
  public boolean isRequested() {
    return requested;
  }

  /** A batch was read, and is on its way to all branches. */
  public void read() {
    batches.incrementAndGet();
  }

  /**
   * A branch has had a bundle, and what it made of it is out of its hands.
   *
   * @param count batches in the bundle; 0 where it held rows of windows
   */
  public void done(String branch, long count) {
    bundles.incrementAndGet();
    if (count > 0) {
      done.computeIfAbsent(branch, name -> new AtomicLong()).addAndGet(count);
    }
  }

  /**
   * Waits until all branches that ever had a batch have had all, and nothing has changed for a
   * while: rows of windows follow their batches after a moment.
   *
   * @param caughtUp whether all records that were polled have been read
   * @param quiet for how long nothing must have changed
   * @param patience how long to wait at most
   * @return whether that came about
   */
  public boolean await(BooleanSupplier caughtUp, Duration quiet, Duration patience) {
    if (batches.get() == 0 && caughtUp.getAsBoolean()) {
      return true; // Nothing was read here, or the workers are other JVMs.
    }
    long end = System.nanoTime() + patience.toNanos();
    List<Long> seen = List.of();
    long seenSince = System.nanoTime();
    while (System.nanoTime() - end < 0) {
      List<Long> now = List.of(batches.get(), bundles.get());
      if (!now.equals(seen)) {
        seen = now;
        seenSince = System.nanoTime();
      } else if (caughtUp.getAsBoolean()
          && done.values().stream().allMatch(count -> count.get() >= batches.get())
          && System.nanoTime() - seenSince >= quiet.toNanos()) {
        return true;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return false;
  }
}
