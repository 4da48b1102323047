package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventWindow;
import coarsen.records.Fidelity;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.time.Duration;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
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
 * far, whenever one comes after that. Late readings are left out. Counts, as Beam metrics, {@code
 * windows} and {@code corrections}.
 */
public final class ReduceToWindows
    extends PTransform<PCollection<ReadingBatch>, PCollection<WindowSummary>> {
  private static final long serialVersionUID = 1L;

  private final Duration window;
  private final Duration allowedLateness;
  private final Duration earlyResults;
  private final String runId;
  private final int run;

  private ReduceToWindows(
      Duration window, Duration allowedLateness, Duration earlyResults, String runId, int run) {
    this.window = window;
    this.allowedLateness = allowedLateness;
    this.earlyResults = earlyResults;
    this.runId = runId;
    this.run = run;
  }

  /**
   * Reduces to windows.
   *
   * @param window their length
   * @param allowedLateness how long after its end a window can be corrected
   * @param earlyResults how often, in processing time, a window that is still open has a row; zero
   *     for never
   * @param runId names the run within a JVM
   * @param run how often the pipeline was restarted on the same outputs
   */
  public static ReduceToWindows of(
      Duration window, Duration allowedLateness, Duration earlyResults, String runId, int run) {
    return new ReduceToWindows(window, allowedLateness, earlyResults, runId, run);
  }

  /**
   * Ends a run, and tells how much of the readings the rows keep that it wrote in this JVM. There
   * are none where the engine's workers are other JVMs.
   */
  public static Fidelity takeFidelity(String runId) {
    return RunFidelity.take(runId);
  }

  @Override
  public PCollection<WindowSummary> expand(PCollection<ReadingBatch> batches) {
    return batches
        .apply("Summarize", ParDo.of(new Summarize(window.toMillis() * 1_000)))
        .setCoder(new WindowStateCoder())
        .apply(
            "FixedWindows",
            Window.<WindowState>into(FixedWindows.of(toBeam(window)))
                .triggering(trigger())
                .withOnTimeBehavior(onTimeBehavior())
                .withAllowedLateness(
                    toBeam(allowedLateness), Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
                .accumulatingFiredPanes())
        .apply("Merge", Combine.globally(new MergeStates()).withoutDefaults())
        .apply("ToRows", ParDo.of(new ToRow(runId, run)))
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
   * With early rows an on-time one comes always: one whose last early row had everything would
   * never be told to be complete. Without, only where there is something new: Flink adds an empty
   * on-time pane when the watermark passes a window's end and its expiry in one step.
   */
  private OnTimeBehavior onTimeBehavior() {
    return earlyResults.isZero() ? OnTimeBehavior.FIRE_IF_NON_EMPTY : OnTimeBehavior.FIRE_ALWAYS;
  }

  private static org.joda.time.Duration toBeam(Duration duration) {
    return org.joda.time.Duration.millis(duration.toMillis());
  }

  private static final class Summarize extends DoFn<ReadingBatch, WindowState> {
    private static final long serialVersionUID = 1L;
    private final long windowMicros;
    private transient BundleReducer reducer;

    Summarize(long windowMicros) {
      this.windowMicros = windowMicros;
    }

    @StartBundle
    public void startBundle() {
      reducer = new BundleReducer(windowMicros);
    }

    @ProcessElement
    public void process(@Element ReadingBatch batch) {
      reducer.add(batch);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      reducer.drain(
          (state, millis) ->
              context.output(state, Instant.ofEpochMilli(millis), GlobalWindow.INSTANCE));
    }
  }

  private static final class ToRow extends DoFn<WindowState, WindowSummary> {
    private static final long serialVersionUID = 1L;
    private static final Counter WINDOWS = Metrics.counter(ReduceToWindows.class, "windows");
    private static final Counter CORRECTIONS =
        Metrics.counter(ReduceToWindows.class, "corrections");

    private final String runId;
    private final int run;

    ToRow(String runId, int run) {
      this.runId = runId;
      this.run = run;
    }

    @ProcessElement
    public void process(
        @Element WindowState state,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<WindowSummary> out) {
      Summary summary = state.summary();
      if (pane.isFirst()) {
        WINDOWS.inc();
      }
      if (pane.getTiming() == PaneInfo.Timing.LATE) {
        CORRECTIONS.inc();
      }
      var row =
          new WindowSummary(
              new EventWindow(window.start().getMillis() * 1_000, window.end().getMillis() * 1_000),
              summary.count(),
              summary.aggregates(),
              Pane.valueOf(pane.getTiming().name()),
              new RowVersion(run, Math.toIntExact(pane.getIndex())),
              new Provenance(state.offsets(), state.replayFrom()));
      RunFidelity.of(runId).add(row);
      out.output(row);
    }
  }
}
