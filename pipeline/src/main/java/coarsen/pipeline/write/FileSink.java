package coarsen.pipeline.write;

import coarsen.command.DaemonThreads;
import coarsen.outputs.Location;
import coarsen.outputs.RowFileName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to a file whose name begins with a dot, and renames it when its time is over: what
 * is visible is whole and grows no more.
 */
final class FileSink implements RowSink {
  private static final int BUFFER = 1 << 16;
  private static final String MIME_TYPE = "application/x-ndjson";

  private final Location location;
  private final ResourceId directory;
  private final String kind;
  private final int run;
  private final String writer = UUID.randomUUID().toString().substring(0, 8);
  private final long rolloverNanos;

  /** All that concerns the files is done here: engines interrupt their workers' threads. */
  private final ScheduledExecutorService thread;

  private @Nullable OutputStream out;
  private @Nullable ResourceId hidden;
  private @Nullable ResourceId visible;
  private long openedAt;
  private int files;
  private boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * @param whenFailed called on a thread of its own when a flush fails while nobody waits for it
   */
  FileSink(
      Location.Files location, Destination destination, Consumer<RuntimeException> whenFailed) {
    this.location = location;
    directory = FileSystems.matchNewResource(location.directory(), true);
    kind = destination.kind();
    run = destination.run().number();
    rolloverNanos = destination.rollover().toNanos();
    thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("files of " + kind));
    // Also without new rows a file must become visible.
    long often = Math.max(1, destination.rollover().toMillis() / 10);
    var unused =
        thread.scheduleWithFixedDelay(
            () -> rollOverUnasked(whenFailed), often, often, TimeUnit.MILLISECONDS);
  }

  @Override
  public void write(RowBuffer rows) {
    check();
    await(() -> append(rows));
    check();
  }

  @Override
  public void endBundle() {
    check();
  }

  @Override
  public Duration keptUnused() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    if (!thread.isShutdown()) {
      await(
          () -> {
            closed = true;
            publish();
          });
      thread.shutdown();
    }
    check();
  }

  /** Does a task on the sink's thread. An interrupt waits, too: the task can't be taken back. */
  private void await(Runnable task) {
    boolean interrupted = false;
    try {
      Future<?> done = thread.submit(task);
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (RejectedExecutionException | CancellationException e) {
      throw refusal();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private IllegalStateException refusal() {
    return new IllegalStateException("the output " + location + " is closed");
  }

  /** Rows that come after the close are refused: nothing would publish them. */
  private void append(RowBuffer rows) {
    if (closed) {
      throw refusal();
    }
    try {
      rows.writeTo(file());
    } catch (Throwable e) { // After an error, too, half a file must never show.
      fail(e);
    }
    rollOver();
  }

  private void rollOverUnasked(Consumer<RuntimeException> whenFailed) {
    rollOver();
    Throwable e = failure;
    if (e != null) {
      // The run that ends because of it closes this sink, and that waits for this thread.
      var unused =
          CompletableFuture.runAsync(() -> whenFailed.accept(new OutputException(location, e)));
    }
  }

  private void rollOver() {
    if (System.nanoTime() - openedAt >= rolloverNanos) {
      publish();
    }
  }

  private OutputStream file() throws IOException {
    if (out == null) {
      RowFileName name = new RowFileName(kind, run, writer, files++);
      hidden = directory.resolve(name.hidden(), StandardResolveOptions.RESOLVE_FILE);
      visible = directory.resolve(name.visible(), StandardResolveOptions.RESOLVE_FILE);
      out =
          new BufferedOutputStream(
              Channels.newOutputStream(FileSystems.create(hidden, MIME_TYPE)), BUFFER);
      openedAt = System.nanoTime();
    }
    return out;
  }

  /** Makes the file visible. After a failure nothing does: half a file must never show. */
  private void publish() {
    if (out == null || hidden == null || visible == null || failure != null) {
      return;
    }
    try (OutputStream whole = out) {
      whole.flush();
    } catch (Throwable e) {
      fail(e);
      return;
    } finally {
      out = null;
    }
    try {
      FileSystems.rename(List.of(hidden), List.of(visible));
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    failure = e;
    if (hidden != null) {
      try {
        FileSystems.delete(List.of(hidden), StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException | RuntimeException again) {
        e.addSuppressed(again);
      }
    }
  }

  private void check() {
    Throwable e = failure;
    if (e != null) {
      throw new OutputException(location, e);
    }
  }
}
