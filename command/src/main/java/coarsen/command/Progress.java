package coarsen.command;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Shows the progress of a command once a second in a line of the terminal, if there is one. */
public final class Progress {
  private final LongSupplier count;
  private final Supplier<String> what;
  private long before;
  private boolean printed;

  private Progress(LongSupplier count, Supplier<String> what) {
    this.count = count;
    this.what = what;
  }

  /**
   * Does some work; meanwhile prints to the standard error, if that is a terminal.
   *
   * @param count how many so far; called from another thread
   * @param what is counted, such as {@code made}; called from another thread
   */
  @SuppressWarnings("SystemConsoleNull") // The build and the launcher require JDK 17.
  public static <T> T during(LongSupplier count, Supplier<String> what, Supplier<T> work) {
    if (System.console() == null) {
      return work.get();
    }
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    var progress = new Progress(count, what);
    var unused = timer.scheduleAtFixedRate(progress::print, 1, 1, TimeUnit.SECONDS);
    try {
      return work.get();
    } finally {
      timer.shutdownNow();
      progress.leaveLine();
    }
  }

  /** Lets later output start on a new line. */
  private synchronized void leaveLine() {
    if (printed) {
      System.err.println();
    }
  }

  private synchronized void print() {
    long now = count.getAsLong();
    System.err.printf(
        Locale.ROOT, "\r%,15d %s, %,d in the last second  ", now, what.get(), now - before);
    before = now;
    printed = true;
  }
}
