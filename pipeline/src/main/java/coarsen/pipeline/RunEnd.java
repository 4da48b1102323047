package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
import coarsen.pipeline.scope.RunFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.PipelineResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a pipeline, and cancels one that must end for a reason that its engine does
 * not know.
 */
final class RunEnd {
  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

  private final PipelineResult result;
  private final RunFailure failure;
  private final Duration patience;

  /**
   * @param patience how long to wait for an engine to end what was cancelled
   */
  RunEnd(PipelineResult result, RunFailure failure, Duration patience) {
    this.result = result;
    this.failure = failure;
    this.patience = patience;
  }

  /**
   * Waits until the pipeline has ended, or must end and does not.
   *
   * @throws RuntimeException why the pipeline failed
   */
  void await() {
    var end = new CompletableFuture<Void>();
    DaemonThreads.named("pipeline-end").newThread(() -> complete(end)).start();
    var mustEnd = new CompletableFuture<Void>();
    failure.whenFailed(reason -> mustEnd.complete(null));
    try {
      var unused = CompletableFuture.anyOf(end, mustEnd).get();
      if (!end.isDone()) {
        cancel();
        unused = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    } catch (TimeoutException | CommandException e) {
      LOG.warn("the engine does not end what was cancelled; the run ends all the same", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while the pipeline was running", e);
    }
  }

  private void complete(CompletableFuture<Void> end) {
    try {
      result.waitUntilFinish();
      end.complete(null);
    } catch (Throwable e) { // Spark is written in Scala, and throws what it does not declare.
      end.completeExceptionally(e);
    }
  }

  /**
   * Asks the engine to end the pipeline.
   *
   * @throws CommandException if it does not
   */
  void cancel() {
    try {
      result.cancel();
    } catch (IOException | UnsupportedOperationException e) {
      throw CommandException.failed("can't stop the pipeline: " + e.getMessage(), e);
    }
  }
}
