package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.WindowAssigner;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes of the readings of a bundle a state for each window, and its series where there are. */
final class Summarize extends DoFn<ReadingBatch, WindowState> {
  private static final long serialVersionUID = 1L;

  /** Of all readings. */
  static final TupleTag<WindowState> STATES = new TupleTag<>("states");

  /** What {@link KeepSeries} takes; only of readings that have series. */
  static final TupleTag<KV<Integer, SeriesUpdate>> SERIES = new TupleTag<>("series");

  /** Windows are kept under so many keys, which clusters spread over their workers. */
  private static final int KEYS = 4;

  private final WindowAssigner windows;
  private final String jobId;
  private transient RunScope.Lease lease;
  private transient BundleReducer reducer;
  private transient long batches;

  Summarize(WindowAssigner windows, String jobId) {
    this.windows = windows;
    this.jobId = jobId;
  }

  /** The key under which a window's series are kept. */
  static int key(WindowAssigner windows, long micros) {
    return (int) Math.floorMod(Math.floorDiv(micros, windows.lengthMicros()), (long) KEYS);
  }

  @Setup
  public void setup() {
    lease = RunScope.lease(jobId);
  }

  @StartBundle
  public void startBundle() {
    reducer = new BundleReducer(windows);
    batches = 0;
  }

  @ProcessElement
  public void process(@Element ReadingBatch batch) {
    reducer.add(batch);
    batches++;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    reducer.drain((state, series, millis) -> output(context, state, series, millis));
    Drain.in(lease.scope()).done("windows", batches);
  }

  private void output(
      FinishBundleContext context, WindowState state, @Nullable SeriesTable series, long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    context.output(state, time, GlobalWindow.INSTANCE);
    if (series != null) {
      context.output(
          SERIES,
          KV.of(key(windows, millis * 1_000), SeriesUpdate.part(state, series)),
          time,
          GlobalWindow.INSTANCE);
    }
  }

  @Teardown
  public void teardown() {
    lease.close();
  }
}
