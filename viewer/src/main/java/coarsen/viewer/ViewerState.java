package coarsen.viewer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a viewer is closed or has failed; wakes the threads that wait for it. */
final class ViewerState {
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private @Nullable RuntimeException failure;
  private boolean closed;

  /** Something changed that a thread may wait for. */
  synchronized void changed() {
    notifyAll();
  }

  /** Ends all waiting. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Ends all waiting with an exception. */
  synchronized void fail(RuntimeException cause) {
    failure = cause;
    notifyAll();
  }

  /** Throws what {@link #fail} received, if anything. */
  synchronized void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until something is the case, or the viewer is closed; throws like {@link #check}. */
  synchronized void await(BooleanSupplier condition) throws InterruptedException {
    while (!closed && !condition.getAsBoolean()) {
      check();
      wait();
    }
  }

  /**
   * Waits until there is a value, but not longer than {@code patience}.
   *
   * @return empty if there was none in time, or the viewer is closed
   */
  synchronized <T> Optional<T> await(Supplier<Optional<T>> value, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found;
      }
      check();
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || closed) {
        return Optional.empty();
      }
      wait(Math.min(left, LONGEST_WAIT_MILLIS)); // An output becomes stale by time alone.
    }
  }
}
