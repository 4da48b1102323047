package coarsen.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish in order on Ctrl-C or SIGTERM. Otherwise the JVM would exit while the
 * command's thread is still closing resources and printing its results.
 */
public final class StopOnSignal {
  private static final long TIMEOUT_SECONDS = 20;

  private StopOnSignal() {}

  /**
   * Does the command's work, including its final output. A signal calls {@code stop}, and the JVM
   * exits only after the work has ended.
   *
   * @param stop returns soon; called from another thread, at most once
   * @param work returns soon after {@code stop} was called
   */
  public static <T> T call(Runnable stop, Callable<T> work) throws Exception {
    var ended = new CountDownLatch(1);
    var hook = new Thread(() -> stopAndAwait(stop, ended), "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      ended.countDown();
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal is shutting down the JVM, and the hook is running.
    }
  }

  /** Waits even if {@code stop} fails: the work may still have something to finish. */
  static void stopAndAwait(Runnable stop, CountDownLatch ended) {
    try {
      stop.run();
    } finally {
      await(ended);
    }
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("did not end within " + TIMEOUT_SECONDS + " s of the signal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
