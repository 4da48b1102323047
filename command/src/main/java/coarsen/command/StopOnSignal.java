package coarsen.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end by itself on Ctrl-C or SIGTERM. Without it the JVM would be gone while the
 * command's thread still closes what it has opened and prints what it has done.
 */
public final class StopOnSignal {
  private static final long PATIENCE_SECONDS = 20;

  private StopOnSignal() {}

  /**
   * Does the command's work, which includes what it prints at its end; when a signal comes, asks it
   * to stop and holds the JVM until it has.
   *
   * @param stop returns soon; called from another thread, at most once
   * @param work returns soon after {@code stop} was called
   */
  public static <T> T call(Runnable stop, Callable<T> work) throws Exception {
    var ended = new CountDownLatch(1);
    var hook =
        new Thread(
            () -> {
              stop.run();
              await(ended);
            },
            "stop-on-signal");
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
      // The JVM is shutting down, because the signal came: the hook is running.
    }
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("did not end within " + PATIENCE_SECONDS + " s of the signal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
