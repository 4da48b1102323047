package coarsen.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Drops clients that do not take what is sent to them: the JDK's server writes for as long as it
 * takes, and would have its threads waiting for whoever asks and never reads.
 */
public final class WriteLimit implements AutoCloseable {
  private final long limitMillis;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param limit how long one write may take
   */
  public WriteLimit(Duration limit) {
    limitMillis = limit.toMillis();
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "page-write-limit");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Something that writes to a client. */
  public interface Write {
    /** Writes. */
    void run() throws IOException;
  }

  /**
   * Writes on this thread.
   *
   * @throws IOException if the client is gone, or was dropped because it took too long
   */
  public void during(Write write) throws IOException {
    var alarm = new Alarm(Thread.currentThread());
    ScheduledFuture<?> set = timer.schedule(alarm, limitMillis, TimeUnit.MILLISECONDS);
    try {
      write.run();
    } finally {
      set.cancel(false);
      alarm.disarm();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** An interrupt closes the channel that its thread writes to. */
  private static final class Alarm implements Runnable {
    private final Thread writer;
    private boolean disarmed;
    private boolean rung;

    Alarm(Thread writer) {
      this.writer = writer;
    }

    @Override
    public synchronized void run() {
      if (!disarmed) {
        rung = true;
        writer.interrupt();
      }
    }

    /** The interrupt was for the write alone, which is over. */
    synchronized void disarm() {
      disarmed = true;
      if (rung) {
        var unused = Thread.interrupted();
      }
    }
  }
}
