package coarsen.viewer.verify;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of the source are to be understood: one JSON object each.
 *
 * @param timestampField the field with the event time: a name at the top level, or a JSON pointer,
 *     which begins with a slash; {@code @kafka} for the messages' own Kafka timestamps
 * @param valueField the field with the value, likewise
 * @param inputZone the zone of timestamps that name none
 * @param timestampUnit the unit of timestamps that are numbers
 * @param timestampFormat the pattern of timestamps that are strings; null for ISO-8601 and numbers
 * @param numbersInStrings whether a value may be a string that holds a number
 */
public record MessageFormat(
    String timestampField,
    String valueField,
    ZoneId inputZone,
    TimeUnit timestampUnit,
    @Nullable String timestampFormat,
    boolean numbersInStrings) {
  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final MessageFormat DEFAULT =
      new MessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^/~]|~[01])*)+");

  /** Checks that the two fields differ, and that pointers and the pattern are some. */
  public MessageFormat {
    if (pointer("--timestampField", timestampField).equals(pointer("--valueField", valueField))) {
      throw new IllegalArgumentException(
          "--timestampField and --valueField are both '" + valueField + "'; name two fields");
    }
    if (timestampFormat != null) {
      TimestampPattern.formatter(timestampFormat);
    }
  }

  /** Where the value is. */
  JsonPointer value() {
    return pointer("--valueField", valueField);
  }

  /** Where the event time is. */
  JsonPointer timestamp() {
    return pointer("--timestampField", timestampField);
  }

  /** Whether event times are the messages' own Kafka timestamps. */
  boolean takesKafkaTime() {
    return timestampField.equals("@kafka");
  }

  private static JsonPointer pointer(String option, String field) {
    if (!field.startsWith("/")) {
      return JsonPointer.empty().appendProperty(field);
    }
    if (!POINTER.matcher(field).matches()) {
      throw new IllegalArgumentException(option + "=" + field + " is not a JSON pointer");
    }
    return JsonPointer.compile(field);
  }

  /** Timestamps of ISO-8601 or numbers; values that are numbers. */
  public MessageFormat(
      String timestampField, String valueField, ZoneId inputZone, TimeUnit timestampUnit) {
    this(timestampField, valueField, inputZone, timestampUnit, null, false);
  }
}
