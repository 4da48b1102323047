package coarsen.flink;

import java.io.IOException;
import java.util.Map;
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
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job, seen through Flink's client. Beam's own result polls the job's state every few seconds,
 * does not say why a job failed, and has no metrics of a local cluster, which ends with its job.
 */
final class FlinkJob implements PipelineResult {
  private static final long CANCEL_SECONDS = 10;

  private final JobClient client;
  private Map<String, Object> accumulators = Map.of();
  private State state = State.RUNNING;

  private FlinkJob(JobClient client) {
    this.client = client;
  }

  static FlinkJob of(FlinkDetachedRunnerResult result) {
    return new FlinkJob(PrivateField.jobClient(result));
  }

  @Override
  public synchronized State getState() {
    return state;
  }

  @Override
  public State cancel() throws IOException {
    try {
      client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IOException("Flink does not answer", e);
    } catch (ExecutionException e) {
      throw new IOException("Flink did not cancel the job: " + e.getCause(), e);
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
      end(State.CANCELLED, accumulatorsAfterCancel());
    }
    return getState();
  }

  /**
   * The accumulators of a cancelled job. Tasks report Beam's metrics only when they end, and the
   * exception that replaces a cancelled job's result does not contain them. A session cluster keeps
   * them; a local cluster has ended by now, but its client still holds the job's result.
   */
  private Map<String, Object> accumulatorsAfterCancel() {
    try {
      return client instanceof MiniClusterJobClient local
          ? AccumulatorHelper.deserializeAndUnwrapAccumulators(
              PrivateField.jobResult(local).getAccumulatorResults(),
              FlinkJob.class.getClassLoader())
          : client.getAccumulators().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException | IOException | ClassNotFoundException e) {
      throw new IllegalStateException("Flink does not report what the job read", e);
    }
  }

  @Override
  public synchronized MetricResults metrics() {
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(
        accumulators.get(FlinkMetricContainer.ACCUMULATOR_NAME)
                instanceof MetricsContainerStepMap map
            ? map
            : new MetricsContainerStepMap());
  }

  private synchronized void end(State terminal, Map<String, Object> results) {
    if (!state.isTerminal()) {
      state = terminal;
      accumulators = results;
    }
  }

  private static boolean isCancelled(@Nullable Throwable e) {
    return e != null && (e instanceof JobCancellationException || isCancelled(e.getCause()));
  }
}
