package coarsen.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line on a terminal that says, once a second, how far a generator has got. */
final class Progress implements AutoCloseable {
  private final PrintWriter out;
  private final LongSupplier made;
  private final ScheduledExecutorService timer;
  private long before;

  private Progress(PrintWriter out, LongSupplier made, ScheduledExecutorService timer) {
    this.out = out;
    this.made = made;
    this.timer = timer;
  }

  static Progress start(PrintWriter out, LongSupplier made) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var progress = new Progress(out, made, timer);
    var unused = timer.scheduleAtFixedRate(progress::print, 1, 1, TimeUnit.SECONDS);
    return progress;
  }

  private void print() {
    long now = made.getAsLong();
    out.printf(Locale.ROOT, "\r%d made, %d in the last second ", now, now - before);
    out.flush();
    before = now;
  }

  /** Leaves the line, so that what follows begins on a new one. */
  @Override
  public void close() {
    timer.shutdownNow();
    out.println();
    out.flush();
  }
}
