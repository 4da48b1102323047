package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
import coarsen.outputs.Location;
import coarsen.outputs.RowHandler;
import coarsen.outputs.Tails;
import coarsen.viewer.model.SeriesHistory;
import coarsen.viewer.model.ViewModel;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that reads the outputs once more when somebody picks series whose rows were not kept. It
 * does not hold up those that follow the outputs.
 */
final class HistoryReader implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final long RETRY_MILLIS = 5_000;
  private static final long LONGEST_CLOSE_MILLIS = 5_000;

  private final ViewModel model;
  private final FollowedOutputs outputs;
  private final long backlog;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param backlog how many messages before the end of a partition to start, at most
   */
  HistoryReader(ViewModel model, FollowedOutputs outputs, long backlog) {
    this.model = model;
    this.outputs = outputs;
    this.backlog = backlog;
    thread = DaemonThreads.named("viewer-history").newThread(this::follow);
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LONGEST_CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      long pause = PAUSE_MILLIS;
      while (!closing.await(pause, TimeUnit.MILLISECONDS)) {
        Optional<SeriesHistory> missing = model.missingHistory();
        pause = missing.isEmpty() || isRead(missing.get()) ? PAUSE_MILLIS : RETRY_MILLIS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CancellationException e) {
      // Closed meanwhile.
    }
  }

  private boolean isRead(SeriesHistory history) {
    try {
      read(outputs.reduced(), history::reduced);
      read(outputs.raw(), history::raw);
      history.done();
      return true;
    } catch (CommandException e) {
      return false; // The status line says that the output is gone.
    }
  }

  private void read(Location location, RowHandler handler) {
    Tails.readNow(
        location,
        outputs.kafka(),
        backlog,
        (bytes, offset, length) -> {
          if (closing.getCount() == 0) {
            throw new CancellationException();
          }
          handler.row(bytes, offset, length);
        });
  }
}
