package coarsen.viewer.verify;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON: one object a message, or an array of them, or either in a field of the message.
 *
 * @param readingsField the field of the message with the object or array, a name or a JSON pointer;
 *     null if it is the message
 * @param timestampField the field with the event time: a name at the top level, or a JSON pointer,
 *     which begins with a slash; {@code @kafka} for the messages' own Kafka timestamps
 * @param valueField the field with the value, likewise; several with commas between them, where a
 *     comma of a name is {@code \,}
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are numbers
 * @param timestampFormat the pattern of timestamps that are strings; null for ISO-8601 and numbers
 * @param numbersInStrings whether a value may be a string that holds a number
 * @param series what names the series; null if readings have none
 */
public record JsonMessageFormat(
    @Nullable String readingsField,
    String timestampField,
    String valueField,
    ZoneId inputZone,
    TimeUnit timestampUnit,
    @Nullable String timestampFormat,
    boolean numbersInStrings,
    @Nullable SeriesFormat series)
    implements MessageFormat {
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^/~]|~[01])*)+");

  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final JsonMessageFormat DEFAULT =
      new JsonMessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the fields differ, and that pointers and the pattern are some. */
  public JsonMessageFormat {
    Set<JsonPointer> fields = new HashSet<>();
    fields.add(pointer("--timestampField", timestampField));
    for (String field : FieldNames.split(valueField)) {
      if (!fields.add(pointer("--valueField", field))) {
        throw new IllegalArgumentException(
            "--timestampField and --valueField have '" + field + "' twice; name different fields");
      }
    }
    if (series != null) {
      var unused = new ObjectLabels(series, hasSeveral(valueField));
    }
    if (readingsField != null) {
      pointer("--readingsField", readingsField);
    }
    if (timestampFormat != null) {
      TimestampPattern.formatter(timestampFormat);
    }
  }

  /** Where the readings are in the message. */
  JsonPointer readings() {
    return readingsField == null ? JsonPointer.empty() : pointer("--readingsField", readingsField);
  }

  /** Where the values are. */
  List<JsonPointer> values() {
    return FieldNames.split(valueField).stream()
        .map(field -> pointer("--valueField", field))
        .toList();
  }

  /** What names the series; null if readings have none. */
  @Nullable ObjectLabels labels() {
    return series == null ? null : new ObjectLabels(series, hasSeveral(valueField));
  }

  /** Whether several fields have values, so that a label says which it is. */
  private static boolean hasSeveral(String valueField) {
    return FieldNames.split(valueField).size() > 1;
  }

  /** Where the event time is. */
  JsonPointer timestamp() {
    return pointer("--timestampField", timestampField);
  }

  /** Whether event times are the messages' own Kafka timestamps. */
  boolean takesKafkaTime() {
    return timestampField.equals("@kafka");
  }

  @Override
  public boolean mayHoldNothing() {
    return false;
  }

  @Override
  public MessageReader reader() {
    return new JsonMessageReader(this);
  }

  /**
   * A name or a JSON pointer, as a pointer.
   *
   * @throws IllegalArgumentException if it begins with a slash and is not a pointer
   */
  static JsonPointer pointer(String option, String field) {
    if (!field.startsWith("/")) {
      return JsonPointer.empty().appendProperty(field);
    }
    if (!POINTER.matcher(field).matches()) {
      throw new IllegalArgumentException(option + "=" + field + " is not a JSON pointer");
    }
    return JsonPointer.compile(field);
  }

  /** Timestamps of ISO-8601 or numbers; values that are numbers. */
  public JsonMessageFormat(
      String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
    this(null, timestampField, valueField, inputZone, timestampUnit, null, false);
  }

  /** Without series. */
  JsonMessageFormat(
      @Nullable String readingsField,
      String timestampField,
      String valueField,
      ZoneId inputZone,
      TimeUnit timestampUnit,
      @Nullable String timestampFormat,
      boolean numbersInStrings) {
    this(
        readingsField,
        timestampField,
        valueField,
        inputZone,
        timestampUnit,
        timestampFormat,
        numbersInStrings,
        null);
  }
}
