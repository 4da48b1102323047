package coarsen.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.Aggregates;
import coarsen.records.EventTime;
import coarsen.records.EventWindow;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.Reading;
import coarsen.records.RowVersion;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.FollowedOutput;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows for tests; seconds count from a moment in 2021. */
public final class Rows {
  public static final long BEGIN = EventTime.parse("2021-01-23T12:12:00Z");
  private static final long SECOND = 1_000_000;

  private Rows() {}

  public static long second(double seconds) {
    return BEGIN + Math.round(seconds * SECOND);
  }

  /** Offsets grow with event time, as on a topic whose messages came in order. */
  public static Reading reading(double seconds, double value) {
    return reading(seconds, value, 0, (long) (seconds * 1000), 0);
  }

  public static Reading reading(double seconds, double value, int partition, long offset, int run) {
    return new Reading(second(seconds), value, partition, offset, run, false);
  }

  /** A window of 5 seconds. */
  public static WindowSummary window(double endSeconds, double avg) {
    return window(endSeconds, avg, 0, 0);
  }

  public static WindowSummary window(double endSeconds, double avg, int run, int revision) {
    return new WindowSummary(
        new EventWindow(second(endSeconds - 5), second(endSeconds)),
        500,
        values(avg, avg - 1, avg + 1, 0.5),
        Pane.ON_TIME,
        new RowVersion(run, revision),
        Provenance.of(Map.of(0, new OffsetRange(1, 2)), Map.of(0, 1L)));
  }

  /** A series with one label. */
  public static Series device(String name) {
    return Series.of(Map.of("device", name));
  }

  /** Offsets grow with event time. */
  public static Reading reading(Series series, double seconds, double value) {
    return new Reading(second(seconds), value, series, 0, (long) (seconds * 1000), 0, 0, false);
  }

  /** A row of a series, of a window of 5 seconds. */
  public static WindowSummary window(Series series, double endSeconds, double avg) {
    return window(series, endSeconds, avg, 0, 0);
  }

  public static WindowSummary window(
      Series series, double endSeconds, double avg, int run, int revision) {
    return new WindowSummary(
        new EventWindow(second(endSeconds - 5), second(endSeconds)),
        series,
        50,
        values(avg, avg - 1, avg + 1, 0.5),
        Pane.ON_TIME,
        new RowVersion(run, revision));
  }

  public static Aggregates values(double mean, double min, double max, double deviation) {
    return Aggregates.of(
        aggregate ->
            switch (aggregate) {
              case MEAN -> mean;
              case MIN -> min;
              case MAX -> max;
              case STANDARD_DEVIATION -> deviation;
              default -> 0;
            });
  }

  /** Another row of the same window and readings. */
  public static WindowSummary with(WindowSummary row, Pane pane, int run, int revision) {
    return new WindowSummary(
        row.window(),
        row.count(),
        row.values(),
        pane,
        new RowVersion(run, revision),
        row.provenance());
  }

  public static String line(Reading row) {
    return row.toJson() + "\n";
  }

  public static String line(WindowSummary row) {
    return row.toJson() + "\n";
  }

  /** A picture of all these readings, and of the windows since the oldest. */
  public static Picture picture(List<Reading> originals, List<WindowSummary> reduced) {
    return model(originals, reduced)
        .picture(new VisibleSpan.LastReadings(VisibleSpan.LastReadings.MAX));
  }

  /** A model that has read some rows. */
  public static ViewModel model(List<Reading> originals, List<WindowSummary> reduced) {
    var model = new ViewModel(() -> Instant.EPOCH, false);
    originals.forEach(reading -> feed(model.raw(), reading.toJson()));
    reduced.forEach(window -> feed(model.reduced(), window.toJson()));
    return model;
  }

  /** Passes on a row as a tail does. */
  public static void feed(FollowedOutput source, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    source.row(bytes, 0, bytes.length);
  }
}
