package coarsen.pipeline.write;

import coarsen.outputs.Location;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The open sinks of this JVM: one for each output of a run, whatever the number of DoFns. A sink is
 * closed when no DoFn uses it any more: engines tell their workers in no other way that a run has
 * ended.
 */
final class RowSinks {
  private static final Map<Output, RowSinks> OPEN = new HashMap<>();

  private static final RowSink CLOSED =
      new RowSink() {
        @Override
        public void write(RowBuffer rows) {
          throw new IllegalStateException("the run has ended, its outputs are closed");
        }

        @Override
        public void endBundle() {}

        @Override
        public Duration keptUnused() {
          return Duration.ZERO;
        }

        @Override
        public void close() {}
      };

  private RowSink sink;
  private int users;
  private long uses;

  private RowSinks(RowSink sink) {
    this.sink = sink;
  }

  /** A sink for one more user, who must {@link #release} it. */
  static synchronized RowSink use(Output output) {
    RowSinks open = OPEN.computeIfAbsent(output, o -> new RowSinks(open(o)));
    open.users++;
    open.uses++;
    return open.sink;
  }

  /**
   * A user has ended.
   *
   * @throws RuntimeException if it was the last one, and rows could not be written
   */
  static synchronized void release(Output output) {
    RowSinks open = OPEN.get(output);
    if (open == null || --open.users > 0) {
      return;
    }
    Duration kept = open.sink.keptUnused();
    if (kept.isZero()) {
      open.closeUnused(output);
    } else {
      long usesNow = open.uses;
      CompletableFuture.delayedExecutor(kept.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> closeIfUnusedSince(usesNow, output));
    }
  }

  /** Ends a run: closes a sink for good. Workers that go on for a moment do not open it again. */
  static synchronized void close(Output output) {
    RowSinks open = OPEN.computeIfAbsent(output, o -> new RowSinks(CLOSED));
    RowSink last = open.sink;
    open.sink = CLOSED;
    last.close();
  }

  private static synchronized void closeIfUnusedSince(long uses, Output output) {
    RowSinks open = OPEN.get(output);
    if (open != null && open.uses == uses && open.users == 0) {
      open.closeUnused(output);
    }
  }

  /** One that fails stays, so that whoever tries again is told, too. */
  private void closeUnused(Output output) {
    if (sink != CLOSED) {
      sink.close();
      OPEN.remove(output);
    }
  }

  private static RowSink open(Output output) {
    Location location = output.location();
    if (location instanceof Location.Files files) {
      return new FileSink(files.directory(), output.kind(), output.run(), output.rollover());
    }
    return new TopicSink(((Location.Topic) location).name(), output.kafka());
  }
}
