package coarsen.pipeline.reduce;

import coarsen.records.EventWindow;
import coarsen.records.WindowSummary;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/**
 * Keeps what is known of each window's series, and writes their rows when the engine fires a pane
 * of it. An engine's own merge would keep the parts of all bundles until the window expires: as
 * much as the readings, where there are many series. Panes come as elements, because Spark's runner
 * has no timers of event time here.
 */
final class KeepSeries extends DoFn<KV<Integer, SeriesUpdate>, List<WindowSummary>> {
  private static final long serialVersionUID = 1L;

  /**
   * Rows in an element. Flink ends a bundle after each, and the sink then waits for the broker:
   * once for so many rows.
   */
  static final int MAX_ROWS = 1_000;

  @StateId("window")
  private final StateSpec<ValueState<SeriesWindow>> windowSpec =
      StateSpecs.value(new SeriesWindowCoder());

  /** Panes that have readings which are still on their way here. */
  @StateId("waiting")
  private final StateSpec<BagState<PaneMark>> waitingSpec =
      StateSpecs.bag(new SeriesUpdateCoder.Marks());

  @ProcessElement
  public void process(
      @Element KV<Integer, SeriesUpdate> element,
      IntervalWindow window,
      @StateId("window") ValueState<SeriesWindow> kept,
      @StateId("waiting") BagState<PaneMark> waiting,
      OutputReceiver<List<WindowSummary>> out) {
    SeriesUpdate update = element.getValue();
    if (update.mark() != null && update.mark().count() == 0) {
      // Flink adds an empty pane when the watermark passes a window's end and its expiry in one
      // step. What the full pane waits for must not be forgotten for it.
      return;
    }
    SeriesWindow state = kept.read();
    if (state == null) {
      state = new SeriesWindow();
    }
    state = update.part() == null ? state.copy() : state.with(update.part());
    List<PaneMark> marks = new ArrayList<>();
    waiting.read().forEach(marks::add);
    if (update.mark() != null) {
      marks.add(update.mark());
    }
    waiting.clear();
    var eventWindow =
        new EventWindow(window.start().getMillis() * 1_000, window.end().getMillis() * 1_000);
    List<WindowSummary> rows = new ArrayList<>();
    boolean isLast = false;
    for (PaneMark mark : marks) {
      if (mark.count() <= state.count()) {
        state.write(
            mark,
            eventWindow,
            row -> {
              rows.add(row);
              if (rows.size() == MAX_ROWS) {
                pass(rows, out);
              }
            });
        isLast |= mark.isLast();
      } else {
        waiting.add(mark);
      }
    }
    pass(rows, out);
    if (isLast) {
      kept.clear();
    } else {
      kept.write(state);
    }
  }

  private static void pass(List<WindowSummary> rows, OutputReceiver<List<WindowSummary>> out) {
    if (!rows.isEmpty()) {
      out.output(List.copyOf(rows));
      rows.clear();
    }
  }
}
