package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.EventWindow;
import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reduces batches of readings to one row for each fixed window of event time that has a reading:
 * when the watermark passes the window's end, and again, with a higher revision and all readings so
 * far, whenever a straggler comes after that. Late readings are left out. With series, the rows of
 * a pane come as lists of many.
 */
public final class ReduceToWindows
    extends PTransform<PCollection<ReadingBatch>, PCollection<List<WindowSummary>>> {
  private static final long serialVersionUID = 1L;

  /** One for both inputs of {@link KeepSeries}: Flink unites streams of equal coders only. */
  private static final KvCoder<Integer, SeriesUpdate> UPDATES =
      KvCoder.of(VarIntCoder.of(), new SeriesUpdateCoder());

  private final EventTimeRules rules;
  private final Duration earlyResults;
  private final RunId run;
  private final boolean bySeries;

  private ReduceToWindows(
      EventTimeRules rules, Duration earlyResults, RunId run, boolean bySeries) {
    this.rules = rules;
    this.earlyResults = earlyResults;
    this.run = run;
    this.bySeries = bySeries;
  }

  /**
   * Reduces to windows.
   *
   * @param rules of event time, among them the length of a window and how long it can be corrected
   * @param earlyResults how often, in processing time, a window that is still open has a row; zero
   *     for never
   * @param run whose rows they are
   * @param bySeries whether readings have series, so that each series has rows as well
   */
  public static ReduceToWindows of(
      EventTimeRules rules, Duration earlyResults, RunId run, boolean bySeries) {
    return new ReduceToWindows(rules, earlyResults, run, bySeries);
  }

  @Override
  public PCollection<List<WindowSummary>> expand(PCollection<ReadingBatch> batches) {
    PCollectionTuple parts =
        batches.apply(
            "Summarize",
            ParDo.of(new Summarize(rules.windows(), run.job()))
                .withOutputTags(
                    Summarize.STATES,
                    bySeries ? TupleTagList.of(Summarize.SERIES) : TupleTagList.empty()));
    PCollection<WindowState> panes = panes(parts.get(Summarize.STATES));
    PCollection<List<WindowSummary>> rows =
        bySeries
            ? rowsBySeries(parts.get(Summarize.SERIES), panes)
            : panes.apply("ToRows", ParDo.of(new ToRow(run.number())));
    return rows.setCoder(ListCoder.of(new WindowSummaryCoder()));
  }

  /** The states of all readings of a window, so far, whenever the engine fires a pane of it. */
  private PCollection<WindowState> panes(PCollection<WindowState> states) {
    return states
        .setCoder(new WindowStateCoder())
        .apply("FixedWindows", windows())
        .apply("Merge", Combine.globally(new MergeStates()).withoutDefaults());
  }

  /** Rows of all readings and of each series, whenever the engine fires a pane of all readings. */
  private PCollection<List<WindowSummary>> rowsBySeries(
      PCollection<KV<Integer, SeriesUpdate>> parts, PCollection<WindowState> panes) {
    PCollection<KV<Integer, SeriesUpdate>> marks =
        panes.apply("Mark", ParDo.of(new Mark(rules.windows(), run.number())));
    return PCollectionList.of(ungrouped("PartWindows", parts))
        .and(ungrouped("MarkWindows", marks))
        .apply("PartsAndMarks", Flatten.pCollections())
        .apply("KeepSeries", ParDo.of(new KeepSeries()));
  }

  private Window<WindowState> windows() {
    return Window.<WindowState>into(FixedWindows.of(toBeam(rules.window())))
        .triggering(trigger())
        .withOnTimeBehavior(onTimeBehavior())
        .withAllowedLateness(
            toBeam(rules.allowedLateness()),
            // A last pane always comes where it tells that what was kept can be forgotten.
            bySeries
                ? Window.ClosingBehavior.FIRE_ALWAYS
                : Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
        .accumulatingFiredPanes();
  }

  /** In the same windows, where nothing is grouped. */
  private PCollection<KV<Integer, SeriesUpdate>> ungrouped(
      String name, PCollection<KV<Integer, SeriesUpdate>> updates) {
    return updates
        .setCoder(UPDATES)
        .apply(
            name,
            Window.<KV<Integer, SeriesUpdate>>into(FixedWindows.of(toBeam(rules.window())))
                .triggering(DefaultTrigger.of())
                .withAllowedLateness(toBeam(rules.allowedLateness()))
                .discardingFiredPanes());
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

  private static final class ToRow extends DoFn<WindowState, List<WindowSummary>> {
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
        OutputReceiver<List<WindowSummary>> out) {
      out.output(List.of(state.row(eventWindow(window), pane(pane), version(run, pane))));
    }
  }

  private static final class Mark extends DoFn<WindowState, KV<Integer, SeriesUpdate>> {
    private static final long serialVersionUID = 1L;
    private final WindowAssigner windows;
    private final int run;

    Mark(WindowAssigner windows, int run) {
      this.windows = windows;
      this.run = run;
    }

    @ProcessElement
    public void process(
        @Element WindowState state,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<KV<Integer, SeriesUpdate>> out) {
      var mark = new PaneMark(pane(pane), run, state.summary().count(), pane.isLast());
      out.output(
          KV.of(
              Summarize.key(windows, eventWindow(window).startMicros()),
              new SeriesUpdate(null, mark)));
    }
  }

  private static EventWindow eventWindow(IntervalWindow window) {
    return new EventWindow(window.start().getMillis() * 1_000, window.end().getMillis() * 1_000);
  }

  private static Pane pane(PaneInfo pane) {
    return Pane.valueOf(pane.getTiming().name());
  }

  private static RowVersion version(int run, PaneInfo pane) {
    return new RowVersion(run, Math.toIntExact(pane.getIndex()));
  }
}
