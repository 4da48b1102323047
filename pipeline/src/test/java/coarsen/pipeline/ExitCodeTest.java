package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.command.ExitCode;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.status.RunStatus;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code of a run that ended by itself, by what the engine has counted. */
class ExitCodeTest {

  /** The result of a pipeline that has counted one thing. */
  private static final class Counted implements PipelineResult {
    private final MetricName name;
    private final long count;

    Counted(MetricName name, long count) {
      this.name = name;
      this.count = count;
    }

    @Override
    public MetricResults metrics() {
      return new MetricResults() {
        @Override
        public MetricQueryResults queryMetrics(MetricsFilter filter) {
          return MetricQueryResults.create(
              List.of(MetricResult.attempted(MetricKey.create("step", name), count)),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of());
        }
      };
    }

    @Override
    public State getState() {
      return State.DONE;
    }

    @Override
    public State cancel() {
      return State.DONE;
    }

    @Override
    public State waitUntilFinish(Duration patience) {
      return State.DONE;
    }

    @Override
    public State waitUntilFinish() {
      return State.DONE;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "coarsen, readings, 7, 0",
    "coarsen, late, 7, 0",
    "coarsen, rejected.NOT_JSON, 7, 0",
    "coarsen, missedOffsets, 0, 0",
    "coarsen, missedOffsets, 1, 1",
    "org.apache.beam, droppedDueToLateness, 0, 0",
    "org.apache.beam, droppedDueToLateness, 1, 1",
  })
  void aRunFailedIfReadingsAreMissingInItsRows(String namespace, String name, long n, int code) {
    try (RunScope.Lease lease = RunScope.lease("exit-code")) {
      var counted = new Counted(MetricName.named(namespace, name), n);
      int expected = code == 0 ? ExitCode.OK : ExitCode.FAILED;
      assertEquals(expected, RunCommand.exitCode(RunStatus.of(counted, lease.scope())));
    }
  }
}
