package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.EventWindow;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.time.Duration;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Reduces batches of readings to one row for each fixed window of event time that has a reading:
 * when the watermark passes the window's end, and again, with a higher revision and all readings so
 * far, whenever a straggler comes after that. Late readings are left out.
 */
public final class ReduceToWindows
    extends PTransform<PCollection<ReadingBatch>, PCollection<WindowSummary>> {
  private static final long serialVersionUID = 1L;

  private final EventTimeRules rules;
  private final Duration earlyResults;
  private final RunId run;

  private ReduceToWindows(EventTimeRules rules, Duration earlyResults, RunId run) {
    this.rules = rules;
    this.earlyResults = earlyResults;
    this.run = run;
  }

  /**
   * Reduces to windows.
   *
   * @param rules of event time, among them the length of a window and how long it can be corrected
   * @param earlyResults how often, in processing time, a window that is still open has a row; zero
   *     for never
   * @param run whose rows they are
   */
  public static ReduceToWindows of(EventTimeRules rules, Duration earlyResults, RunId run) {
    return new ReduceToWindows(rules, earlyResults, run);
  }

  @Override
  public PCollection<WindowSummary> expand(PCollection<ReadingBatch> batches) {
    return batches
        .apply("Summarize", ParDo.of(new Summarize(rules.windows(), run.job())))
        .setCoder(new WindowStateCoder())
        .apply(
            "FixedWindows",
            Window.<WindowState>into(FixedWindows.of(toBeam(rules.window())))
                .triggering(trigger())
                .withOnTimeBehavior(onTimeBehavior())
                .withAllowedLateness(
                    toBeam(rules.allowedLateness()), Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
                .accumulatingFiredPanes())
        .apply("Merge", Combine.globally(new MergeStates()).withoutDefaults())
        .apply("ToRows", ParDo.of(new ToRow(run.number())))
        .setCoder(new WindowSummaryCoder());
  }

  private Trigger trigger() {
    var onTime = AfterWatermark.pastEndOfWindow();
    var late = AfterPane.elementCountAtLeast(1);
    return earlyResults.isZero()
        ? onTime.withLateFirings(late)
        : onTime
            .withEarlyFirings(
                AfterProcessingTime.pastFirstElementInPane().plusDelayOf(toBeam(earlyResults)))
            .withLateFirings(late);
  }

  /**
   * With early rows, an on-time row always comes: without it a window whose last early row had
   * everything would never be reported as complete. Otherwise only where there is something new:
   * Flink adds an empty on-time pane when the watermark passes a window's end and its expiry in one
   * step.
   */
  private OnTimeBehavior onTimeBehavior() {
    return earlyResults.isZero() ? OnTimeBehavior.FIRE_IF_NON_EMPTY : OnTimeBehavior.FIRE_ALWAYS;
  }

  private static org.joda.time.Duration toBeam(Duration duration) {
    return org.joda.time.Duration.millis(duration.toMillis());
  }

  private static final class Summarize extends DoFn<ReadingBatch, WindowState> {
    private static final long serialVersionUID = 1L;
    private final WindowAssigner windows;
    private final String jobId;
    private transient RunScope.Lease lease;
    private transient BundleReducer reducer;
    private transient long batches;

    Summarize(WindowAssigner windows, String jobId) {
      this.windows = windows;
      this.jobId = jobId;
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
      reducer.drain(
          (state, millis) ->
              context.output(state, Instant.ofEpochMilli(millis), GlobalWindow.INSTANCE));
      Drain.in(lease.scope()).done("windows", batches);
    }

    @Teardown
    public void teardown() {
      lease.close();
    }
  }

  private static final class ToRow extends DoFn<WindowState, WindowSummary> {
    private static final long serialVersionUID = 1L;
    private final int run;

    ToRow(int run) {
      this.run = run;
    }

    @ProcessElement
    public void process(
        @Element WindowState state,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<WindowSummary> out) {
      Summary summary = state.summary();
      var row =
          new WindowSummary(
              new EventWindow(window.start().getMillis() * 1_000, window.end().getMillis() * 1_000),
              summary.count(),
              summary.aggregates(),
              Pane.valueOf(pane.getTiming().name()),
              new RowVersion(run, Math.toIntExact(pane.getIndex())),
              new Provenance(state.offsets(), state.replayFrom()));
      out.output(row);
    }
  }
}
