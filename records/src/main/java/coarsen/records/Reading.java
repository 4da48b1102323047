package coarsen.records;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A raw row: one reading as the pipeline parsed it.
 *
 * <pre>{"ts":"2021-01-23T12:12:55.123Z","value":57,"partition":0,"offset":1234,"run":0}</pre>
 *
 * @param tsMicros event time, microseconds since 1970
 * @param value finite
 * @param series whose reading it is; null, and not written, where readings have no series
 * @param partition where in the topic; with {@code offset} and {@code index} it names the reading
 * @param offset where in the partition
 * @param index where in the message, from 0; written if it is not 0
 * @param run how often the pipeline had been restarted on the same outputs
 * @param late whether it was too late for its window, so that no row counts it; written if true
 */
public record Reading(
    long tsMicros,
    double value,
    @Nullable Series series,
    int partition,
    long offset,
    int index,
    int run,
    boolean late) {

  /** The greatest index: a message has at most 65,536 places. */
  public static final int MAX_INDEX = 65_535;

  /** A reading that is alone in its message. */
  public Reading(long tsMicros, double value, int partition, long offset, int run, boolean late) {
    this(tsMicros, value, null, partition, offset, 0, run, late);
  }

  /** A reading without a series. */
  public Reading(
      long tsMicros, double value, int partition, long offset, int index, int run, boolean late) {
    this(tsMicros, value, null, partition, offset, index, run, late);
  }

  /** Appends the row without an end of line. */
  public static void write(
      JsonBytes to,
      long tsMicros,
      double value,
      @Nullable Series series,
      int partition,
      long offset,
      int index,
      int run,
      boolean late) {
    to.raw("{\"ts\":");
    to.time(tsMicros);
    if (series != null) {
      to.raw(",\"series\":");
      series.write(to);
    }
    to.raw(",\"value\":");
    to.number(value);
    to.raw(",\"partition\":");
    to.number(partition);
    to.raw(",\"offset\":");
    to.number(offset);
    if (index > 0) {
      to.raw(",\"index\":");
      to.number(index);
    }
    to.raw(",\"run\":");
    to.number(run);
    if (late) {
      to.raw(",\"late\":true");
    }
    to.raw('}');
  }

  /** This row as JSON. */
  public String toJson() {
    var json = new JsonBytes(128);
    write(json, tsMicros, value, series, partition, offset, index, run, late);
    return json.toString();
  }

  /**
   * Reads a row; fields it does not know are skipped.
   *
   * @throws IllegalArgumentException if the bytes are not a raw row; the message says why
   */
  public static Reading parse(byte[] json, int offset, int length) {
    try (JsonParser parser = RowJson.FACTORY.createParser(json, offset, length)) {
      return parse(parser);
    } catch (IOException e) {
      throw RowJson.bad("raw", e);
    }
  }

  private static Reading parse(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not a raw row: not a JSON object");
    }
    String ts = null;
    double value = Double.NaN;
    Series series = null;
    int partition = -1;
    long offset = -1;
    int index = 0;
    int run = -1;
    boolean late = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "ts" -> ts = parser.getText();
        case "value" -> value = parser.getDoubleValue();
        case "series" -> series = RowJson.series("raw", parser);
        case "partition" -> partition = parser.getIntValue();
        case "offset" -> offset = parser.getLongValue();
        case "index" -> index = parser.getIntValue();
        case "run" -> run = parser.getIntValue();
        case "late" -> late = parser.getBooleanValue();
        default -> parser.skipChildren();
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw new IllegalArgumentException("not a raw row: text after the object");
    }
    if (ts == null
        || !Double.isFinite(value)
        || partition < 0
        || offset < 0
        || index < 0
        || run < 0) {
      throw new IllegalArgumentException(
          "not a raw row: it needs ts, value, partition, offset and run");
    }
    if (index > MAX_INDEX) {
      throw new IllegalArgumentException("not a raw row: index is over " + MAX_INDEX);
    }
    return new Reading(EventTime.parse(ts), value, series, partition, offset, index, run, late);
  }
}
