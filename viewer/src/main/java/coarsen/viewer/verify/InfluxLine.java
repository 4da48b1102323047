package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of Influx line protocol: {@code measurement,tag=value field=value,field=value time}. The
 * text has one character for each byte; no byte above 127 has a meaning.
 */
final class InfluxLine {
  /**
   * A field, or a tag.
   *
   * @param name without the backslashes before special characters
   * @param value of a field as it is written, strings with their quotes; of a tag without
   *     backslashes before special characters
   */
  record Field(String name, String value) {}

  /** The control character that is not before the others. */
  private static final char DELETE = 0x7f;

  private static final Pattern VALUE =
      Pattern.compile(
          "-?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?|-?\\d++i|\\d++u"
              + "|t|T|true|True|TRUE|f|F|false|False|FALSE");

  private static final Pattern ESCAPED = Pattern.compile("\\\\([,= ])");

  /** An equals sign is not special in a measurement. */
  private static final Pattern ESCAPED_IN_MEASUREMENT = Pattern.compile("\\\\([, ])");

  private final String text;
  private final List<Field> tags = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private String measurement = "";
  private int headLength;
  private final boolean isGood;
  private String timestamp = "";
  private int at;

  /**
   * Reads the line that begins at a place of a message.
   *
   * @param begin neither a space nor the end of a line
   */
  InfluxLine(String text, int begin) {
    this.text = text;
    at = begin;
    isGood = readNames() && readFields() && readTimestamp();
    if (!isGood) {
      while (at < text.length() && text.charAt(at) != '\n') {
        at++;
      }
    }
  }

  /** Whether it is line protocol. */
  boolean isGood() {
    return isGood;
  }

  /** The measurement, without backslashes before special characters. */
  String measurement() {
    return measurement;
  }

  /** Bytes of the measurement and the tags, as they were sent. */
  int headLength() {
    return headLength;
  }

  /** The tags, of a good line all. */
  List<Field> tags() {
    return tags;
  }

  /** The fields, of a good line all. */
  List<Field> fields() {
    return fields;
  }

  /** Whether two fields have one name. */
  boolean hasTwins() {
    Set<String> names = new HashSet<>();
    return !fields.stream().allMatch(field -> names.add(field.name()));
  }

  /** The timestamp as it is written; null if there is none. */
  @Nullable String timestamp() {
    return timestamp.isEmpty() ? null : timestamp;
  }

  /** Where it ends: a line feed, a return before one, or the end of the message. */
  int end() {
    return at;
  }

  private boolean readNames() {
    int begin = at;
    measurement = ESCAPED_IN_MEASUREMENT.matcher(name(", ")).replaceAll("$1");
    boolean good = isName(measurement);
    while (good && is(',')) {
      at++;
      String key = name(",= ");
      good = isName(key) && is('=');
      if (good) {
        at++;
        String value = name(",= ");
        good = isName(value) && !is('=');
        tags.add(new Field(unescaped(key), unescaped(value)));
      }
    }
    headLength = at - begin;
    return good;
  }

  private boolean readFields() {
    do {
      if (fields.isEmpty()) {
        skipSpaces();
      } else {
        at++;
      }
      String name = name(",= ");
      if (!isName(name) || !is('=')) {
        return false;
      }
      at++;
      String value = is('"') ? string() : upTo(", ");
      if (value == null || !(value.startsWith("\"") || isValue(value))) {
        return false;
      }
      fields.add(new Field(unescaped(name), value));
    } while (is(','));
    return is(' ') || isEnd();
  }

  private boolean readTimestamp() {
    skipSpaces();
    timestamp = upTo(" ");
    skipSpaces();
    return isEnd();
  }

  private static String unescaped(String name) {
    return ESCAPED.matcher(name).replaceAll("$1");
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> c < ' ' || c == DELETE);
  }

  private static boolean isValue(String value) {
    if (!VALUE.matcher(value).matches()) {
      return false;
    }
    String digits = value.replaceFirst("^-?0*", "");
    return switch (value.charAt(value.length() - 1)) {
      case 'i' ->
          isUpTo(digits, value.startsWith("-") ? "9223372036854775808" : "9223372036854775807");
      case 'u' -> isUpTo(digits, "18446744073709551615");
      default -> true;
    };
  }

  /** Compares integers without leading zeros, the first with a letter behind it. */
  private static boolean isUpTo(String digits, String most) {
    int length = digits.length() - 1;
    return length < most.length()
        || (length == most.length() && digits.substring(0, length).compareTo(most) <= 0);
  }

  /** A string with its quotes, which may hold line feeds; null if it has no end. */
  private @Nullable String string() {
    int begin = at;
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      boolean isEscape = is('\\') && at + 1 < text.length();
      if (isEscape && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
        at++;
      }
    }
    return at < text.length() ? text.substring(begin, ++at) : null;
  }

  /** Up to a special character that has no backslash before it. */
  private String name(String special) {
    int begin = at;
    while (!isEnd() && special.indexOf(text.charAt(at)) < 0) {
      boolean isEscape = is('\\') && at + 1 < text.length();
      at += isEscape && ",= ".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
    }
    return text.substring(begin, at);
  }

  private String upTo(String special) {
    int begin = at;
    while (!isEnd() && special.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(begin, at);
  }

  private void skipSpaces() {
    while (is(' ')) {
      at++;
    }
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean isEnd() {
    return text.startsWith("\r\n", at)
        || is('\n')
        || at == text.length()
        || (is('\r') && at + 1 == text.length());
  }
}
