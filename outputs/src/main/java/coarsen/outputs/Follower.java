package coarsen.outputs;

import coarsen.command.DaemonThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that follows one output until it is closed or fails. */
public final class Follower implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;
  private static final long LONGEST_CLOSE_MILLIS = 5_000;

  private final Tail tail;
  private final RowHandler handler;
  private final Runnable afterRows;
  private final Consumer<String> missing;
  private final Consumer<RuntimeException> whenFailed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param tail closed by this thread, at its end
   * @param afterRows called by this thread after rows were passed on
   * @param missing receives {@link Tail#missing} after each poll, on this thread
   * @param whenFailed called by this thread when it cannot continue
   */
  public Follower(
      String name,
      Tail tail,
      RowHandler handler,
      Runnable afterRows,
      Consumer<String> missing,
      Consumer<RuntimeException> whenFailed) {
    this.tail = tail;
    this.handler = handler;
    this.afterRows = afterRows;
    this.missing = missing;
    this.whenFailed = whenFailed;
    thread = DaemonThreads.named(name).newThread(this::follow);
  }

  /** Starts to read. */
  public void start() {
    thread.start();
  }

  /** Stops the thread, and waits until it has closed the tail. */
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
    try (tail) {
      boolean closed = false;
      while (!closed) {
        int rows = tail.poll(handler);
        missing.accept(tail.missing());
        if (rows > 0) {
          afterRows.run();
        }
        closed = closing.await(rows > 0 ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      whenFailed.accept(e);
    }
  }
}
