package coarsen.flink;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
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
    try {
      Field client = FlinkDetachedRunnerResult.class.getDeclaredField("jobClient");
      client.setAccessible(true);
      return new FlinkJob((JobClient) client.get(result));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not the Beam that Coarsen was built with", e);
    }
  }

  @Override
  public synchronized State getState() {
    return state;
  }

  @Override
  public State cancel() throws IOException {
    try {
      end(State.CANCELLED, client.getAccumulators().get());
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
    } catch (CancellationException e) {
      return getState();
    } catch (ExecutionException e) {
      if (!isCancelled(e)) {
        end(State.FAILED, Map.of());
        throw new IllegalStateException("Flink's job failed", e.getCause());
      }
    }
    return getState();
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

  private static boolean isCancelled(@Nullable Throwable e) {
    return e != null && (e instanceof JobCancellationException || isCancelled(e.getCause()));
  }
}
