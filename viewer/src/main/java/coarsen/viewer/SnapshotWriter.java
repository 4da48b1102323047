package coarsen.viewer;

import coarsen.command.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that writes a picture again and again, until it is closed or that fails. */
final class SnapshotWriter implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("viewer-snapshots"));

  /**
   * Writes the first picture now.
   *
   * @param every how long after it the next one is due
   * @param whenFailed receives what {@code write} throws, after which nothing more is written
   */
  SnapshotWriter(Duration every, Runnable write, Consumer<RuntimeException> whenFailed) {
    var unused =
        timer.scheduleAtFixedRate(
            () -> {
              try {
                write.run();
              } catch (RuntimeException e) {
                whenFailed.accept(e);
                throw e; // Ends the schedule.
              }
            },
            0,
            every.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
