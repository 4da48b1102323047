package coarsen.pipeline.write;

import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.scope.RunScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sinks of one run in this JVM: one for each destination, whatever the number of DoFns. A
 * sink is closed when no DoFn uses it any more, because engines do not tell their workers that a
 * run has ended. No sink waits while another one is opened or closed.
 */
final class OpenSinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSinks.class);

  private static final String REDUCED = "reduced";

  private final Map<Destination, SharedSink> sinks = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private final Function<Destination, RowSink> open;

  /**
   * @param open opens the sink of a destination
   */
  OpenSinks(Function<Destination, RowSink> open) {
    this.open = open;
  }

  /** Those of a scope's run. */
  static OpenSinks in(RunScope scope) {
    RunFailure failure = RunFailure.in(scope);
    return scope.part(
        OpenSinks.class, () -> new OpenSinks(destination -> open(destination, failure::fail)));
  }

  /**
   * A sink for one more user, who must {@link #release} it.
   *
   * @throws IllegalStateException if the run has ended
   * @throws RuntimeException if the sink can't be opened
   */
  RowSink use(Destination destination) {
    return sinks.computeIfAbsent(destination, SharedSink::new).use();
  }

  /**
   * A user has ended.
   *
   * @throws RuntimeException if it was the last one, and rows could not be written
   */
  void release(Destination destination) {
    SharedSink shared = sinks.get(destination);
    if (shared != null) {
      shared.release();
    }
  }

  /**
   * Writes out what was kept back, and closes all sinks for good. Workers that are still running
   * get no new ones.
   *
   * @throws RuntimeException if rows could not be written; the other sinks are closed all the same
   */
  @Override
  public void close() {
    closed = true;
    RuntimeException failure = null;
    // Rows of windows first: none may be visible whose readings are refused a moment later.
    List<SharedSink> inOrder = new ArrayList<>(sinks.values());
    inOrder.sort(Comparator.comparing(shared -> !shared.destination.kind().equals(REDUCED)));
    for (SharedSink shared : inOrder) {
      try {
        shared.close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** One destination's sink, while it is open, and its users. */
  private final class SharedSink {
    private final Destination destination;
    private @Nullable RowSink sink;
    private @Nullable RuntimeException failure;
    private int users;
    private long uses;

    SharedSink(Destination destination) {
      this.destination = destination;
    }

    synchronized RowSink use() {
      if (closed) {
        throw new IllegalStateException("the run has ended, its outputs are closed");
      }
      RuntimeException last = failure;
      failure = null;
      if (last != null) {
        throw last;
      }
      if (sink == null) {
        sink = open.apply(destination);
      }
      users++;
      uses++;
      return sink;
    }

    synchronized void release() {
      if (--users > 0 || sink == null) {
        return;
      }
      Duration kept = sink.keptUnused();
      if (kept.isZero()) {
        close();
      } else {
        long usesNow = uses;
        CompletableFuture.delayedExecutor(kept.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> closeIfUnusedSince(usesNow));
      }
    }

    private synchronized void closeIfUnusedSince(long usesThen) {
      if (uses == usesThen) {
        try {
          close();
        } catch (RuntimeException e) {
          LOG.error("what was kept back for {} could not be written", destination.location(), e);
        }
      }
    }

    /**
     * A sink that fails is gone, so that an engine that starts again gets a new one. Before that
     * its failure is reported to whoever uses the destination next, or else to the end of the run:
     * some engines ignore what a teardown throws, and Spark closes sinks in no other way.
     */
    synchronized void close() {
      RowSink last = sink;
      sink = null;
      try {
        if (last != null) {
          last.close();
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  /**
   * Opens the sink of a destination.
   *
   * @param whenFailed called when a file sink fails while nobody is writing to it; topic sinks are
   *     flushed at the end of each bundle, which then fails
   */
  static RowSink open(Destination destination, Consumer<RuntimeException> whenFailed) {
    Location location = destination.location();
    return location instanceof Location.Files files
        ? new FileSink(files, destination, whenFailed)
        : new TopicSink((Location.Topic) location, destination.kafka());
  }
}
