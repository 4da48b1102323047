package coarsen.spark;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.streaming.StreamingContext;
import org.joda.time.Duration;

/** A run on Spark that ends by itself at the end of its input, or as soon as readings are lost. */
final class SparkRun implements PipelineResult {
  /** Hooks of a higher priority run first; Spark's own has 40. */
  private static final int HOOK_PRIORITY = 100;

  private static final long MAX_STOP_SECONDS = 18;

  /** More than a run takes to finish what it has read. */
  private static final long MAX_DRAIN_SECONDS = 13;

  private final PipelineResult beamResult;
  private final StateFolder folder;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private State state = State.RUNNING;

  /**
   * @param folder deleted at the end of the run
   */
  SparkRun(PipelineResult beamResult, EndOfInput end, LossGuard guard, StateFolder folder) {
    this.beamResult = beamResult;
    this.folder = folder;
    ShutdownHookManager.get()
        .addShutdownHook(this::stopBeforeSpark, HOOK_PRIORITY, MAX_STOP_SECONDS, TimeUnit.SECONDS);
    DaemonThreads.named("spark-failure-watch").newThread(this::awaitFailure).start();
    var unused =
        CompletableFuture.anyOf(ended, end.reached(), guard.loss())
            .thenAcceptAsync(
                reason -> {
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

  /** Does not wait: the thread in {@link #waitUntilFinish()} stops Spark. */
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

  /** Waits for the end of the run, however long that takes: the duration is ignored. */
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
    return beamResult.metrics();
  }

  private void awaitFailure() {
    try {
      beamResult.waitUntilFinish();
    } catch (Throwable e) { // Spark is written in Scala, and throws what it does not declare.
      fail(e);
    }
  }

  private void fail(Throwable e) {
    if (ended.completeExceptionally(e)) {
      end(State.FAILED);
    }
  }

  private synchronized void end(State terminal) {
    if (!state.isTerminal()) {
      state = terminal;
    }
  }

  /**
   * When the JVM shuts down, Spark's own hooks end the executors first. A thread that waits for a
   * job on them would then wait forever, holding a lock that is needed to stop the streams. So
   * Spark's hooks wait here until the run has stopped, which first finishes what it has read.
   */
  private void stopBeforeSpark() {
    try {
      stopped.get(MAX_DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      cancel();
      stopped.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stops Spark at once. Beam's own way would wait for ten more micro-batches, which are empty or
   * no longer matter.
   */
  @SuppressWarnings("deprecation") // DStreams are deprecated, and Beam's runner is built on them.
  private static void stop() {
    var active = StreamingContext.getActive();
    if (active.isDefined()) {
      active.get().stop(true, false);
    }
  }
}
