package coarsen.pipeline.format;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects, each with a field for the event time and one for each value. The message is one, or
 * an array of them, or has either in a field.
 *
 * @param readingsField the field of the message with the object or array, as a name or a JSON
 *     pointer; null if it is the message. The other fields are looked for in each object
 * @param timestampField the field with the event time: a name at the top level, or a JSON pointer,
 *     which begins with a slash; {@link #KAFKA_TIME} for the messages' own Kafka timestamps
 * @param valueField the field with the value, likewise; several with commas between them, each of
 *     which makes a reading
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are numbers
 * @param timestampFormat the pattern of timestamps that are strings; null for ISO-8601 and numbers
 * @param numbersInStrings whether a value may be a string that holds a number
 * @param series what names the series; null if readings have none
 */
public record JsonFormat(
    @Nullable String readingsField,
    String timestampField,
    String valueField,
    ZoneId inputZone,
    TimeUnit timestampUnit,
    @Nullable String timestampFormat,
    boolean numbersInStrings,
    @Nullable SeriesFields series)
    implements InputFormat {

  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final JsonFormat DEFAULT =
      new JsonFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** In place of the field with the event time: the messages' own Kafka timestamps. */
  public static final String KAFKA_TIME = "@kafka";

  private static final String TIMESTAMP_FIELD = "--timestampField";
  private static final String VALUE_FIELD = "--valueField";
  private static final String SERIES_FIELD = "--seriesField";

  /** The fields of a list in an option, as {@code --valueField} has them. */
  public static List<String> fieldNames(String list) {
    return FieldPath.split(list);
  }

  /** Whether a string holds a number that {@code --numbersInStrings} reads. */
  public static boolean isNumber(String text) {
    return JsonValueReader.NUMBER.matcher(text).matches();
  }

  /** So many fields can be values and labels. */
  private static final int MAX_FIELDS = 31;

  /** Checks that the fields differ, and that pointers and the pattern are some. */
  public JsonFormat {
    List<FieldPath> values = FieldPath.list(VALUE_FIELD, valueField);
    List<FieldPath> labels = series == null ? List.of() : JsonLabels.fields(series);
    if (values.size() + labels.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "--valueField and --seriesField have "
              + (values.size() + labels.size())
              + " fields; at most "
              + MAX_FIELDS
              + " are read");
    }
    if (readingsField != null) {
      FieldPath.parse("--readingsField", readingsField);
    }
    FieldPath timestamp = FieldPath.parse(TIMESTAMP_FIELD, timestampField);
    for (int i = 0; i < values.size(); i++) {
      checkApart(TIMESTAMP_FIELD, timestamp, VALUE_FIELD, values.get(i));
      checkApart(VALUE_FIELD, values.subList(0, i), VALUE_FIELD, values.get(i));
    }
    for (int i = 0; i < labels.size(); i++) {
      checkApart(TIMESTAMP_FIELD, timestamp, SERIES_FIELD, labels.get(i));
      checkApart(VALUE_FIELD, values, SERIES_FIELD, labels.get(i));
      checkApart(SERIES_FIELD, labels.subList(0, i), SERIES_FIELD, labels.get(i));
    }
    if (series != null) {
      JsonLabels.names(series, values.size());
    }
    if (timestampFormat != null) {
      PatternParser.check(timestampFormat);
    }
  }

  private static void checkApart(
      String option, List<FieldPath> fields, String otherOption, FieldPath other) {
    fields.forEach(field -> checkApart(option, field, otherOption, other));
  }

  private static void checkApart(
      String option, FieldPath field, String otherOption, FieldPath other) {
    if (field.steps().equals(other.steps())) {
      throw new IllegalArgumentException(
          option + " and " + otherOption + " are both '" + other.text() + "'; name two fields");
    }
    if (field.holds(other) || other.holds(field)) {
      throw new IllegalArgumentException(
          option
              + "="
              + field.text()
              + " and "
              + otherOption
              + "="
              + other.text()
              + " are one inside the other; name two fields");
    }
  }

  /** Timestamps of ISO-8601 or numbers; values that are numbers. */
  public JsonFormat(
      String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
    this(null, timestampField, valueField, inputZone, timestampUnit, null, false, null);
  }

  @Override
  public MessageParser parser() {
    return new JsonMessageParser(this);
  }

  @Override
  public boolean readsKeyAndHeaders() {
    return series != null && series.hasKey();
  }
}
