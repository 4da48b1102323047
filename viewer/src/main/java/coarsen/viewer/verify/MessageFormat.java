package coarsen.viewer.verify;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of the source are to be understood: one JSON object each, or an array of them.
 *
 * @param timestampField the field with the event time: a name at the top level, or a JSON pointer,
 *     which begins with a slash; {@code @kafka} for the messages' own Kafka timestamps
 * @param valueField the field with the value, likewise; several with commas between them, where a
 *     comma of a name is {@code \,}
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
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^/~]|~[01])*)+");

  /** Up to a comma that has no backslash before it. */
  private static final Pattern FIELD = Pattern.compile("(?:\\\\,|[^,])*");

  /** Fields {@code ts} and {@code value}; UTC; milliseconds. */
  public static final MessageFormat DEFAULT =
      new MessageFormat("ts", "value", ZoneId.of("UTC"), TimeUnit.MILLISECONDS);

  /** Checks that the fields differ, and that pointers and the pattern are some. */
  public MessageFormat {
    Set<JsonPointer> fields = new HashSet<>();
    fields.add(pointer("--timestampField", timestampField));
    for (String field : names(valueField)) {
      if (!fields.add(pointer("--valueField", field))) {
        throw new IllegalArgumentException(
            "--timestampField and --valueField have '" + field + "' twice; name different fields");
      }
    }
    if (timestampFormat != null) {
      TimestampPattern.formatter(timestampFormat);
    }
  }

  /** Where the values are. */
  List<JsonPointer> values() {
    return names(valueField).stream().map(field -> pointer("--valueField", field)).toList();
  }

  /** Where the event time is. */
  JsonPointer timestamp() {
    return pointer("--timestampField", timestampField);
  }

  /** Whether event times are the messages' own Kafka timestamps. */
  boolean takesKafkaTime() {
    return timestampField.equals("@kafka");
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    Matcher field = FIELD.matcher(list);
    for (int at = 0; at <= list.length(); at = field.end() + 1) {
      field.region(at, list.length()).lookingAt();
      names.add(field.group().replace("\\,", ","));
    }
    return names;
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
