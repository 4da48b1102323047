package coarsen.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A reduced row: the summary of one window's readings, or of those of one series in it. If a window
 * has several rows, the one with the greatest version counts; it holds all that the older ones
 * hold. Where readings have series, each has its rows, besides those of all readings of the window.
 *
 * <pre>{"start_time":"2021-01-23T12:12:55Z","end_time":"2021-01-23T12:13:00Z","avg_value":49.3,
 * "count":500,"min_value":0,"max_value":99,"stddev_value":28.9,"pane":"ON_TIME","run":0,
 * "revision":0,"offsets":{"0":[1234,1733]},"replay_from":{"0":1230}}
 *
 * {"start_time":"2021-01-23T12:12:55Z","end_time":"2021-01-23T12:13:00Z",
 * "series":{"device":"press-04"},"avg_value":71.2,"count":50,…,"pane":"ON_TIME","run":0,
 * "revision":0}</pre>
 *
 * @param window the window of event time
 * @param series whose readings it summarizes; null for all
 * @param count readings, at least 1
 * @param seriesCount how many series the readings are of; 0, and not written, where they have none
 *     or the row is that of one
 * @param values what was computed of them
 * @param pane why this row was written
 * @param version its age among the rows of its window
 * @param provenance where the readings are in the source; nowhere, and not written, in a series'
 *     row
 */
public record WindowSummary(
    EventWindow window,
    @Nullable Series series,
    long count,
    long seriesCount,
    Aggregates values,
    Pane pane,
    RowVersion version,
    Provenance provenance) {

  /** Checks the counts. */
  public WindowSummary {
    if (count < 1) {
      throw new IllegalArgumentException("not a reduced row: count is " + count);
    }
    if (seriesCount < 0 || seriesCount > count) {
      throw new IllegalArgumentException(
          "not a reduced row: series_count is " + seriesCount + ", and count " + count);
    }
  }

  /** The row of all readings of a window, where they have no series. */
  public WindowSummary(
      EventWindow window,
      long count,
      Aggregates values,
      Pane pane,
      RowVersion version,
      Provenance provenance) {
    this(window, null, count, 0, values, pane, version, provenance);
  }

  /** The row of one series. */
  public WindowSummary(
      EventWindow window,
      Series series,
      long count,
      Aggregates values,
      Pane pane,
      RowVersion version) {
    this(window, series, count, 0, values, pane, version, Provenance.NONE);
  }

  /** This row of all readings, which are of so many series. */
  public WindowSummary withSeriesCount(long series) {
    return new WindowSummary(window, null, count, series, values, pane, version, provenance);
  }

  /** Start of the window, microseconds since 1970. */
  public long startMicros() {
    return window.startMicros();
  }

  /** Exclusive end of the window, microseconds since 1970. */
  public long endMicros() {
    return window.endMicros();
  }

  /** The mean, correctly rounded. */
  public double avgValue() {
    return values.mean();
  }

  /** How often the pipeline had been restarted on the same outputs. */
  public int run() {
    return version.run();
  }

  /** How many rows this run had written for this window before. */
  public int revision() {
    return version.revision();
  }

  /** The message key: the same for all rows of a window, or of a series in it. */
  public String key() {
    return series == null ? window.key() : window.key() + "/" + series.text();
  }

  /** Appends this row without an end of line. */
  public void write(JsonBytes to) {
    to.raw("{\"start_time\":");
    to.time(startMicros());
    to.raw(",\"end_time\":");
    to.time(endMicros());
    if (series != null) {
      to.raw(",\"series\":");
      series.write(to);
    }
    for (Aggregate aggregate : Aggregate.values()) {
      to.raw(",\"");
      to.raw(aggregate.fieldName());
      to.raw("\":");
      to.number(values.get(aggregate));
      if (aggregate == Aggregate.MEAN) { // The contract has the count after the mean.
        to.raw(",\"count\":");
        to.number(count);
        if (seriesCount > 0) {
          to.raw(",\"series_count\":");
          to.number(seriesCount);
        }
      }
    }
    to.raw(",\"pane\":\"");
    to.raw(pane.name());
    to.raw("\",\"run\":");
    to.number(run());
    to.raw(",\"revision\":");
    to.number(revision());
    if (series == null) {
      writeProvenance(to);
    }
    to.raw('}');
  }

  private void writeProvenance(JsonBytes to) {
    to.raw(",\"offsets\":{");
    String separator = "";
    for (var entry : provenance.offsets().entrySet()) {
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
    for (var entry : provenance.replayFrom().entrySet()) {
      to.raw(separator);
      to.raw("\"" + entry.getKey() + "\":");
      to.number(entry.getValue());
      separator = ",";
    }
    to.raw('}');
  }

  /** This row as JSON. */
  public String toJson() {
    var json = new JsonBytes(512);
    write(json);
    return json.toString();
  }

  /**
   * Reads a row; fields it does not know are skipped.
   *
   * @throws IllegalArgumentException if the bytes are not a reduced row; the message says why
   */
  public static WindowSummary parse(byte[] json, int offset, int length) {
    RowJson row = RowJson.parse("reduced", json, offset, length);
    return new WindowSummary(
        new EventWindow(row.time("start_time"), row.time("end_time")),
        row.series(),
        row.whole("count"),
        row.optional("series_count").asLong(0),
        Aggregates.of(aggregate -> row.number(aggregate.fieldName())),
        pane(row.text("pane")),
        new RowVersion(row.small("run"), row.small("revision")),
        provenance(row));
  }

  private static Provenance provenance(RowJson row) {
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
    return new Provenance(offsets, replayFrom);
  }

  private static long offset(JsonNode range, int index) {
    return range.path(index).asLong(-1);
  }

  private static int partition(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a reduced row: partition " + name, e);
    }
  }

  private static Pane pane(String name) {
    for (Pane pane : Pane.values()) {
      if (pane.name().equals(name)) {
        return pane;
      }
    }
    throw new IllegalArgumentException("not a reduced row: pane " + name);
  }
}
