package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The parts of Influx line protocol: measurement, tags, fields, and the time at the end of a line.
 * What is not line protocol it leaves out.
 */
final class LineFields implements MessageFields {
  /** In place of a name, which the time of a line does not have. */
  static final String TIME = "(timestamp)";

  /** In place of a name, which a measurement does not have. */
  static final String MEASUREMENT = "(measurement)";

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][+-]?[0-9]+)?[iu]?");
  private static final Pattern BOOLEAN = Pattern.compile("[tTfF]|(?i:true|false)");

  @Override
  public Document read(byte[] message) {
    List<Field> fields = new ArrayList<>();
    for (String line : new String(message, UTF_8).split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        line(line.strip(), fields);
      }
    }
    return new Document(fields, false);
  }

  private static void line(String line, List<Field> fields) {
    List<String> parts = split(line, ' ');
    if (parts.size() < 2) {
      return;
    }
    List<String> head = split(parts.get(0), ',');
    fields.add(new Field(MEASUREMENT, FieldKind.TAG, unescaped(head.get(0))));
    for (String tag : head.subList(1, head.size())) {
      List<String> pair = split(tag, '=');
      if (pair.size() == 2) {
        fields.add(new Field(unescaped(pair.get(0)), FieldKind.TAG, unescaped(pair.get(1))));
      }
    }
    for (String field : split(parts.get(1), ',')) {
      List<String> pair = split(field, '=');
      if (pair.size() == 2) {
        add(unescaped(pair.get(0)), pair.get(1), fields);
      }
    }
    if (parts.size() > 2) {
      fields.add(new Field(TIME, FieldKind.NUMBER, parts.get(2)));
    }
  }

  private static void add(String name, String value, List<Field> fields) {
    if (value.length() > 1 && value.startsWith("\"")) {
      fields.add(
          new Field(name, FieldKind.TEXT, unescaped(value.substring(1, value.length() - 1))));
    } else if (NUMBER.matcher(value).matches()) {
      fields.add(new Field(name, FieldKind.NUMBER, value.replaceFirst("[iu]$", "")));
    } else if (BOOLEAN.matcher(value).matches()) {
      fields.add(new Field(name, FieldKind.BOOLEAN, value));
    }
  }

  /** Splits where a separator stands neither behind a backslash nor in quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean isQuoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == separator && !isQuoted) {
        if (i > start) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    if (start < text.length()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([,= \"\\\\])", "$1");
  }
}
