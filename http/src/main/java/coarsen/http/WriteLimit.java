package coarsen.http;

import coarsen.command.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Drops clients that do not read what they are sent. The JDK's server has no write timeout, so each
 * client that asks and never reads would block a thread for ever.
 */
public final class WriteLimit implements AutoCloseable {
  private final long limitMillis;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param limit how long one write may take
   */
  WriteLimit(Duration limit) {
    limitMillis = limit.toMillis();
    timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("http-write-limit"));
    timer.setRemoveOnCancelPolicy(true);
  }

  /** A write to a client, which may block. */
  public interface Write {
    /** Writes. */
    void run() throws IOException;
  }

  /**
   * Runs a write on this thread.
   *
   * @throws IOException if the client disconnected, or was dropped because the write took too long
   */
  public void during(Write write) throws IOException {
    var alarm = new Alarm(Thread.currentThread());
    ScheduledFuture<?> timeout = timer.schedule(alarm, limitMillis, TimeUnit.MILLISECONDS);
    try {
      write.run();
    } finally {
      timeout.cancel(false);
      alarm.disarm();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Interrupts the writing thread, which closes the channel it writes to. */
  private static final class Alarm implements Runnable {
    private final Thread writer;
    private boolean disarmed;
    private boolean hasFired;

    Alarm(Thread writer) {
      this.writer = writer;
    }

    @Override
    public synchronized void run() {
      if (!disarmed) {
        hasFired = true;
        writer.interrupt();
      }
    }

    /** Ends the alarm, and clears an interrupt that came for this write. */
    synchronized void disarm() {
      disarmed = true;
      if (hasFired) {
        var unused = Thread.interrupted();
      }
    }
  }
}
