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

  /** The fields of a list in an option, as {@code --valueField} has them. */
  public static List<String> fieldNames(String list) {
    return FieldPath.split(list);
  }

  /** Whether a string holds a number that {@code --numbersInStrings} reads. */
  public static boolean isNumber(String text) {
    return JsonValueReader.NUMBER.matcher(text).matches();
  }

  /** So many fields can have values. */
  private static final int MAX_VALUE_FIELDS = 31;

  /** Checks that the fields differ, and that pointers and the pattern are some. */
  public JsonFormat {
    List<FieldPath> values = FieldPath.list("--valueField", valueField);
    if (values.size() > MAX_VALUE_FIELDS) {
      throw new IllegalArgumentException(
          "--valueField has "
              + values.size()
              + " fields; at most "
              + MAX_VALUE_FIELDS
              + " are read");
    }
    if (readingsField != null) {
      FieldPath.parse("--readingsField", readingsField);
    }
    FieldPath timestamp = FieldPath.parse("--timestampField", timestampField);
    for (int i = 0; i < values.size(); i++) {
      checkApart("--timestampField", timestamp, values.get(i));
      for (FieldPath other : values.subList(0, i)) {
        checkApart("--valueField", other, values.get(i));
      }
    }
    if (timestampFormat != null) {
      PatternParser.check(timestampFormat);
    }
  }

  private static void checkApart(String option, FieldPath field, FieldPath value) {
    if (field.steps().equals(value.steps())) {
      throw new IllegalArgumentException(
          option + " and --valueField are both '" + value.text() + "'; name two fields");
    }
    if (field.holds(value) || value.holds(field)) {
      throw new IllegalArgumentException(
          option
              + "="
              + field.text()
              + " and --valueField="
              + value.text()
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
}
