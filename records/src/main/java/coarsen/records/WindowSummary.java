package coarsen.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A reduced row: what one window's readings come to. A window is {@code [start, end)}. Of several
 * rows of a window the newest counts and holds everything that the older ones held.
 *
 * <pre>{"start_time":"2021-01-23T12:12:55Z","end_time":"2021-01-23T12:13:00Z","avg_value":49.3,
 * "count":500,"min_value":0,"max_value":99,"stddev_value":28.9,"pane":"ON_TIME","run":0,
 * "revision":0,"offsets":{"0":[1234,1733]},"replay_from":{"0":1230}}</pre>
 *
 * @param startMicros first event time of the window, microseconds since 1970
 * @param endMicros exclusive end
 * @param avgValue the mean, correctly rounded
 * @param count readings, at least 1
 * @param minValue the least reading
 * @param maxValue the greatest reading
 * @param stddevValue the population's standard deviation
 * @param pane why this row was written
 * @param run how often the pipeline had been restarted on the same outputs
 * @param revision how many rows this run wrote for this window before
 * @param offsets by partition, first and last offset of the readings in the row
 * @param replayFrom by partition, where to read from to see every reading of this and all later
 *     windows; a partition where that is not known is left out
 */
public record WindowSummary(
    long startMicros,
    long endMicros,
    double avgValue,
    long count,
    double minValue,
    double maxValue,
    double stddevValue,
    Pane pane,
    int run,
    int revision,
    SortedMap<Integer, OffsetRange> offsets,
    SortedMap<Integer, Long> replayFrom) {

  /** Oldest row first, among rows of one window. */
  public static final Comparator<WindowSummary> BY_AGE =
      Comparator.comparingInt(WindowSummary::run).thenComparingInt(WindowSummary::revision);

  /** Keeps its own, unmodifiable maps. */
  public WindowSummary {
    if (endMicros <= startMicros || count < 1) {
      throw new IllegalArgumentException(
          "no reduced row: window from "
              + startMicros
              + " to "
              + endMicros
              + " µs with "
              + count
              + " readings");
    }
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    replayFrom = Collections.unmodifiableSortedMap(new TreeMap<>(replayFrom));
  }

  /** The message key: the same for all rows of a window. */
  public String key() {
    return EventTime.format(startMicros) + "/" + EventTime.format(endMicros);
  }

  /** Appends this row without an end of line. */
  public void write(JsonBytes to) {
    to.raw("{\"start_time\":");
    to.time(startMicros);
    to.raw(",\"end_time\":");
    to.time(endMicros);
    to.raw(",\"avg_value\":");
    to.number(avgValue);
    to.raw(",\"count\":");
    to.number(count);
    to.raw(",\"min_value\":");
    to.number(minValue);
    to.raw(",\"max_value\":");
    to.number(maxValue);
    to.raw(",\"stddev_value\":");
    to.number(stddevValue);
    to.raw(",\"pane\":\"");
    to.raw(pane.name());
    to.raw("\",\"run\":");
    to.number(run);
    to.raw(",\"revision\":");
    to.number(revision);
    to.raw(",\"offsets\":{");
    String separator = "";
    for (var entry : offsets.entrySet()) {
      to.raw(separator);
      to.raw("\"" + entry.getKey() + "\":[");
      to.number(entry.getValue().first());
      to.raw(',');
      to.number(entry.getValue().last());
      to.raw(']');
      separator = ",";
    }
    to.raw("},\"replay_from\":{");
    separator = "";
    for (var entry : replayFrom.entrySet()) {
      to.raw(separator);
      to.raw("\"" + entry.getKey() + "\":");
      to.number(entry.getValue());
      separator = ",";
    }
    to.raw("}}");
  }

  /** This row as JSON. */
  public String toJson() {
    var json = new JsonBytes(512);
    write(json);
    return json.toString();
  }

  /**
   * Reads a row; fields it does not know are passed over.
   *
   * @throws IllegalArgumentException if the bytes are no reduced row; the message says why
   */
  public static WindowSummary parse(byte[] json, int offset, int length) {
    RowJson row = RowJson.parse("reduced", json, offset, length);
    var offsets = new TreeMap<Integer, OffsetRange>();
    row.optional("offsets")
        .fields()
        .forEachRemaining(
            entry ->
                offsets.put(
                    partition(entry.getKey()),
                    new OffsetRange(offset(entry.getValue(), 0), offset(entry.getValue(), 1))));
    var replayFrom = new TreeMap<Integer, Long>();
    row.optional("replay_from")
        .fields()
        .forEachRemaining(
            entry -> replayFrom.put(partition(entry.getKey()), entry.getValue().asLong(-1)));
    return new WindowSummary(
        row.time("start_time"),
        row.time("end_time"),
        row.number("avg_value"),
        row.whole("count"),
        row.number("min_value"),
        row.number("max_value"),
        row.number("stddev_value"),
        pane(row.text("pane")),
        row.small("run"),
        row.small("revision"),
        offsets,
        replayFrom);
  }

  private static long offset(JsonNode range, int index) {
    return range.path(index).asLong(-1);
  }

  private static int partition(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no reduced row: partition " + name, e);
    }
  }

  private static Pane pane(String name) {
    for (Pane pane : Pane.values()) {
      if (pane.name().equals(name)) {
        return pane;
      }
    }
    throw new IllegalArgumentException("no reduced row: pane " + name);
  }
}
