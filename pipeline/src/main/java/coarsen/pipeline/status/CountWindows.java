package coarsen.pipeline.status;

import coarsen.pipeline.scope.RunScope;
import coarsen.records.Pane;
import coarsen.records.WindowSummary;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Passes rows of windows on and counts them, as {@link RunMetrics}; keeps how much of the readings
 * they preserve.
 */
public final class CountWindows extends DoFn<List<WindowSummary>, List<WindowSummary>> {
  private static final long serialVersionUID = 1L;

  private final String jobId;
  private transient RunScope.Lease lease;

  /** Counts the rows of a run. */
  public CountWindows(String jobId) {
    this.jobId = jobId;
  }

  @Setup
  public void setup() {
    lease = RunScope.lease(jobId);
  }

  @ProcessElement
  public void process(
      @Element List<WindowSummary> rows, OutputReceiver<List<WindowSummary>> counted) {
    rows.forEach(this::count);
    counted.output(rows);
  }

  private void count(WindowSummary row) {
    if (row.series() != null) {
      RunMetrics.SERIES_ROWS.add(1);
      return;
    }
    if (row.version().revision() == 0) {
      RunMetrics.WINDOWS.add(1);
    }
    if (row.pane() == Pane.LATE) {
      RunMetrics.CORRECTIONS.add(1);
    }
    RunFidelity.in(lease.scope()).add(row);
  }

  @Teardown
  public void teardown() {
    lease.close();
  }
}
