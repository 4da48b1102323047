package coarsen.spark;

import coarsen.command.CommandException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.streaming.StreamingContext;
import org.joda.time.Duration;

/**
 * A run on Spark that ends by itself at the end of its input, and at once when it lost readings.
 */
final class SparkRun implements PipelineResult {
  /** Spark's own is 40. */
  private static final int BEFORE_SPARKS_HOOK = 100;

  private static final long LONGEST_STOP_SECONDS = 15;

  private final PipelineResult beams;
  private final StateFolder folder;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private State state = State.RUNNING;

  /**
   * @param folder deleted when the run has ended
   */
  SparkRun(PipelineResult beams, EndOfInput end, LossGuard guard, StateFolder folder) {
    this.beams = beams;
    this.folder = folder;
    ShutdownHookManager.get()
        .addShutdownHook(
            this::stopBeforeSpark, BEFORE_SPARKS_HOOK, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    var failing = new Thread(this::awaitFailure, "failure of the micro-batches");
    failing.setDaemon(true);
    failing.start();
    var unused =
        CompletableFuture.anyOf(ended, end.reached(), guard.loss())
            .thenAcceptAsync(
                what -> {
                  if (guard.loss().isDone()) {
                    fail(CommandException.failed(guard.loss().join(), null));
                  } else {
                    ended.complete(null);
                  }
                });
  }

  @Override
  public synchronized State getState() {
    return state;
  }

  /** Whoever waits for the end then stops Spark. */
  @Override
  public State cancel() {
    end(State.CANCELLED);
    ended.complete(null);
    return getState();
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.ZERO);
  }

  /** Waits without end, whatever the duration. */
  @Override
  public State waitUntilFinish(Duration duration) {
    try {
      ended.join();
      end(State.DONE);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      try {
        stop();
        folder.delete();
      } finally {
        stopped.complete(null);
      }
    }
    return getState();
  }

  @Override
  public MetricResults metrics() {
    return beams.metrics();
  }

  private void awaitFailure() {
    try {
      beams.waitUntilFinish();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException e) {
    if (ended.completeExceptionally(e)) {
      end(State.FAILED);
    }
  }

  private synchronized void end(State how) {
    if (!state.isTerminal()) {
      state = how;
    }
  }

  /**
   * When the JVM is being shut down, Spark's hooks end executors first. Whoever waits for a job of
   * theirs then waits for ever, and holds what stopping the streams needs.
   */
  private void stopBeforeSpark() {
    cancel();
    stopped.join();
  }

  /**
   * At once: Beam's own way waits for ten micro-batches that have nothing to do, or no longer
   * count.
   */
  @SuppressWarnings("deprecation") // All of DStreams is, and Beam's runner is made of them.
  private static void stop() {
    var active = StreamingContext.getActive();
    if (active.isDefined()) {
      active.get().stop(true, false);
    }
  }
}
