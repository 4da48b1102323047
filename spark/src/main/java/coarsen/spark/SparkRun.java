package coarsen.spark;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.streaming.StreamingContext;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run on Spark that ends by itself at the end of its input, and at once when it lost readings.
 */
final class SparkRun implements PipelineResult {
  private static final Logger LOG = LoggerFactory.getLogger(SparkRun.class);

  private final PipelineResult beams;
  private final SparkContext spark;
  private final @Nullable String ownCheckpoints;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private State state = State.RUNNING;

  /**
   * @param ownCheckpoints the folder of Spark's state, if it is this run's alone; nobody can use it
   *     afterwards
   */
  SparkRun(
      PipelineResult beams,
      SparkContext spark,
      EndOfInput end,
      LossGuard guard,
      @Nullable String ownCheckpoints) {
    this.beams = beams;
    this.spark = spark;
    this.ownCheckpoints = ownCheckpoints;
    var failing = new Thread(this::awaitFailure, "failure of the micro-batches");
    failing.setDaemon(true);
    failing.start();
    var unused =
        CompletableFuture.anyOf(ended, end.reached(), guard.loss())
            .thenAcceptAsync(
                what -> {
                  if (guard.loss().isDone()) {
                    fail(new IllegalStateException(guard.loss().join()));
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
      stop();
      deleteCheckpoints();
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
   * At once: Beam's own way waits for ten micro-batches that have nothing to do, or no longer
   * count. First the jobs: whoever makes the next micro-batch waits for one, and when the JVM is
   * being shut down its executor is gone; the streams can't be stopped until that wait is over.
   */
  @SuppressWarnings("deprecation") // All of DStreams is, and Beam's runner is made of them.
  private void stop() {
    spark.stop();
    var active = StreamingContext.getActive();
    if (active.isDefined()) {
      active.get().stop(false, false);
    }
  }

  private void deleteCheckpoints() {
    if (ownCheckpoints != null) {
      var folder = new Path(ownCheckpoints);
      try {
        folder.getFileSystem(new Configuration()).delete(folder, true);
      } catch (IOException e) {
        LOG.warn("{} is not needed any more, but can't be deleted: {}", folder, e.getMessage());
      }
    }
  }
}
