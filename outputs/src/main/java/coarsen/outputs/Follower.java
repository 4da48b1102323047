package coarsen.outputs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that reads one output as it grows, until it is closed or fails. */
public final class Follower implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;
  private static final long LONGEST_CLOSE_MILLIS = 5_000;

  private final Tail tail;
  private final RowHandler sink;
  private final Runnable afterRows;
  private final Consumer<String> missing;
  private final Consumer<RuntimeException> whenFailed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param tail closed by this thread, at its end
   * @param afterRows called by this thread whenever rows were handed on
   * @param missing told by this thread, after every look, what {@link Tail#missing} says
   * @param whenFailed called by this thread when the output can be read no further
   */
  public Follower(
      String name,
      Tail tail,
      RowHandler sink,
      Runnable afterRows,
      Consumer<String> missing,
      Consumer<RuntimeException> whenFailed) {
    this.tail = tail;
    this.sink = sink;
    this.afterRows = afterRows;
    this.missing = missing;
    this.whenFailed = whenFailed;
    thread = new Thread(this::follow, name);
    thread.setDaemon(true);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Ends the thread, and waits until it has closed what it reads. */
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
        int rows = tail.poll(sink);
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
