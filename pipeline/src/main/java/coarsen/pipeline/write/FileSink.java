package coarsen.pipeline.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to a file whose name begins with a dot, and renames it when its time is over: what
 * is visible is whole and grows no more. A file is named {@code KIND-RUN-WRITER-NUMBER.jsonl}; the
 * writer is a random name for this JVM's sink.
 */
final class FileSink implements RowSink {
  private static final int BUFFER = 1 << 16;
  private static final String MIME_TYPE = "application/x-ndjson";

  private final ResourceId directory;
  private final String prefix;
  private final long rolloverNanos;

  /** All that concerns the files is done here: engines interrupt their workers' threads. */
  private final ScheduledExecutorService thread;

  private @Nullable OutputStream out;
  private @Nullable ResourceId hidden;
  private @Nullable ResourceId visible;
  private long openedAt;
  private int files;
  private boolean closed;
  private volatile @Nullable IOException failure;

  FileSink(String directory, String kind, int run, Duration rollover) {
    this.directory = FileSystems.matchNewResource(directory, true);
    prefix = kind + "-" + run + "-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    rolloverNanos = rollover.toNanos();
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread writer = new Thread(task, "files of " + kind);
              writer.setDaemon(true);
              return writer;
            });
    // Also without new rows a file must become visible.
    long often = Math.max(1, rollover.toMillis() / 10);
    var unused = thread.scheduleWithFixedDelay(this::rollOver, often, often, TimeUnit.MILLISECONDS);
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
      endThread();
    }
    check();
  }

  private void await(Runnable task) {
    try {
      begin(task).join();
    } catch (RejectedExecutionException e) {
      throw refusal();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IllegalStateException refused ? refused : e;
    }
  }

  /**
   * Not while the thread is being ended: a task that comes just then is cancelled without a word,
   * and would be waited for in vain.
   */
  private synchronized CompletableFuture<Void> begin(Runnable task) {
    return CompletableFuture.runAsync(task, thread);
  }

  private synchronized void endThread() {
    thread.shutdown();
  }

  private IllegalStateException refusal() {
    return new IllegalStateException("the output " + directory + " is closed");
  }

  /** Whoever is still writing when the sink is closed comes too late: nobody would publish it. */
  private void append(RowBuffer rows) {
    if (closed) {
      throw refusal();
    }
    try {
      rows.writeTo(file());
    } catch (IOException e) {
      fail(e);
    }
    rollOver();
  }

  private void rollOver() {
    if (System.nanoTime() - openedAt >= rolloverNanos) {
      publish();
    }
  }

  private OutputStream file() throws IOException {
    if (out == null) {
      String name = prefix + String.format("%06d", files++) + ".jsonl";
      hidden = directory.resolve("." + name, StandardResolveOptions.RESOLVE_FILE);
      visible = directory.resolve(name, StandardResolveOptions.RESOLVE_FILE);
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
    } catch (IOException e) {
      fail(e);
      return;
    } finally {
      out = null;
    }
    try {
      FileSystems.rename(List.of(hidden), List.of(visible));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    failure = e;
    if (hidden != null) {
      try {
        FileSystems.delete(List.of(hidden), StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
    }
  }

  private void check() {
    IOException e = failure;
    if (e != null) {
      throw new UncheckedIOException("can't write rows to " + directory + ": " + e.getMessage(), e);
    }
  }
}
