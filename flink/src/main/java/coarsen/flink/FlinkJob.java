package coarsen.flink;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.AccumulatorHelper;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job as Flink's client sees it. Beam's result looks at the job's state every few seconds, does
 * not know why a job has failed, and finds no metrics when a local cluster has ended with its job.
 */
final class FlinkJob implements PipelineResult {
  private final JobClient client;
  private Map<String, Object> accumulators = Map.of();
  private State state = State.RUNNING;

  private FlinkJob(JobClient client) {
    this.client = client;
  }

  static FlinkJob of(FlinkDetachedRunnerResult result) {
    return new FlinkJob((JobClient) hidden(FlinkDetachedRunnerResult.class, "jobClient", result));
  }

  @Override
  public synchronized State getState() {
    return state;
  }

  @Override
  public State cancel() throws IOException {
    try {
      client.cancel().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("Flink does not cancel the job: " + e.getCause(), e);
    }
    return getState();
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.ZERO);
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    try {
      JobExecutionResult result =
          duration.isLongerThan(Duration.ZERO)
              ? client.getJobExecutionResult().get(duration.getMillis(), TimeUnit.MILLISECONDS)
              : client.getJobExecutionResult().get();
      end(State.DONE, result.getAllAccumulatorResults());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      return State.RUNNING;
    } catch (ExecutionException e) {
      if (!isCancelled(e)) {
        end(State.FAILED, Map.of());
        throw new IllegalStateException("Flink's job failed", e.getCause());
      }
      end(State.CANCELLED, ofCancelledJob());
    }
    return getState();
  }

  /**
   * What the tasks told when they ended: while a job runs, Flink knows nothing of Beam's metrics,
   * and the exception that stands for a cancelled job's result does not have them. A session
   * cluster keeps them; a local one is gone by now, but its client has kept what it said.
   */
  private Map<String, Object> ofCancelledJob() {
    try {
      return client instanceof MiniClusterJobClient
          ? ofLocalCluster()
          : client.getAccumulators().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException | IOException | ClassNotFoundException e) {
      throw new IllegalStateException("Flink does not tell what the job has read", e);
    }
  }

  private Map<String, Object> ofLocalCluster()
      throws InterruptedException, ExecutionException, IOException, ClassNotFoundException {
    var told = (CompletableFuture<?>) hidden(MiniClusterJobClient.class, "jobResultFuture", client);
    return AccumulatorHelper.deserializeAndUnwrapAccumulators(
        ((JobResult) told.get()).getAccumulatorResults(), FlinkJob.class.getClassLoader());
  }

  @Override
  public synchronized MetricResults metrics() {
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(
        accumulators.get(FlinkMetricContainer.ACCUMULATOR_NAME)
                instanceof MetricsContainerStepMap map
            ? map
            : new MetricsContainerStepMap());
  }

  private synchronized void end(State ended, Map<String, Object> results) {
    if (!state.isTerminal()) {
      state = ended;
      accumulators = results;
    }
  }

  private static Object hidden(Class<?> type, String name, Object of) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not the Beam and Flink that Coarsen was built with", e);
    }
  }

  private static boolean isCancelled(@Nullable Throwable e) {
    return e != null && (e instanceof JobCancellationException || isCancelled(e.getCause()));
  }
}
