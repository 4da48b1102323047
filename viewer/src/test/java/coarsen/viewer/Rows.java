package coarsen.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.EventTime;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows for tests; seconds count from a moment of 2021. */
final class Rows {
  static final long BEGIN = EventTime.parse("2021-01-23T12:12:00Z");
  private static final long SECOND = 1_000_000;

  private Rows() {}

  static long second(double seconds) {
    return BEGIN + Math.round(seconds * SECOND);
  }

  /** Offsets grow with event time, as on a topic whose messages came in order. */
  static Reading reading(double seconds, double value) {
    return reading(seconds, value, 0, (long) (seconds * 1000), 0);
  }

  static Reading reading(double seconds, double value, int partition, long offset, int run) {
    return new Reading(second(seconds), value, partition, offset, run, false);
  }

  /** A window of 5 seconds. */
  static WindowSummary window(double endSeconds, double avg) {
    return window(endSeconds, avg, 0, 0);
  }

  static WindowSummary window(double endSeconds, double avg, int run, int revision) {
    return new WindowSummary(
        second(endSeconds - 5),
        second(endSeconds),
        avg,
        500,
        avg - 1,
        avg + 1,
        0.5,
        Pane.ON_TIME,
        run,
        revision,
        new TreeMap<>(Map.of(0, new OffsetRange(1, 2))),
        new TreeMap<>(Map.of(0, 1L)));
  }

  static String line(Reading row) {
    return row.toJson() + "\n";
  }

  static String line(WindowSummary row) {
    return row.toJson() + "\n";
  }

  static Picture picture(List<Reading> originals, List<WindowSummary> reduced) {
    return new Picture(originals, reduced, originals.size() + reduced.size(), 0);
  }

  /** Collects rows as text. */
  static final class Collected implements RowSink {
    final List<String> rows = new ArrayList<>();

    @Override
    public void row(byte[] bytes, int offset, int length) {
      rows.add(new String(bytes, offset, length, UTF_8));
    }

    /** The rows that came since the last call. */
    List<String> take() {
      List<String> taken = List.copyOf(rows);
      rows.clear();
      return taken;
    }
  }
}
