package coarsen.records;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The text of a series: labels with escaped separators. */
final class SeriesText {
  /** Of a character's code, behind a backslash and u. */
  private static final int HEX_DIGITS = 4;

  private static final String PLAIN = ",= \\\n\r\t";
  private static final String ESCAPED = ",= \\nrt";

  private SeriesText() {}

  /** Appends a name or value. */
  static void escape(String part, StringBuilder to) {
    for (int i = 0; i < part.length(); ) {
      int c = part.codePointAt(i);
      i += Character.charCount(c);
      int special = PLAIN.indexOf(c);
      if (special >= 0) {
        to.append('\\').append(ESCAPED.charAt(special));
      } else if (TerminalText.isPrintable(c)) {
        to.appendCodePoint(c);
      } else {
        to.append(TerminalText.escaped(c));
      }
    }
  }

  /**
   * The names and values of a text, in pairs.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static List<List<String>> labels(String text) {
    List<List<String>> labels = new ArrayList<>();
    List<String> label = new ArrayList<>();
    var part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        part.append(unescaped(text, i));
        i += text.charAt(i) == 'u' ? HEX_DIGITS : 0;
      } else if (c == '=' && label.isEmpty()) {
        label.add(take(part));
      } else if (c == ',' && label.size() == 1) {
        label.add(take(part));
        labels.add(label);
        label = new ArrayList<>();
      } else if (PLAIN.indexOf(c) >= 0) {
        throw bad(text, "'" + c + "' in a name or value has a backslash before it");
      } else {
        part.append(c);
      }
    }
    if (label.isEmpty()) {
      throw bad(text, "it ends without a value");
    }
    label.add(take(part));
    labels.add(label);
    return labels;
  }

  /** The character whose escape begins at a place, behind the backslash. */
  private static char unescaped(String text, int start) {
    int special = start == text.length() ? -1 : ESCAPED.indexOf(text.charAt(start));
    if (special >= 0) {
      return PLAIN.charAt(special);
    }
    int end = start + 1 + HEX_DIGITS;
    if (start < text.length() && text.charAt(start) == 'u' && end <= text.length()) {
      try {
        return (char) HexFormat.fromHexDigits(text, start + 1, end);
      } catch (NumberFormatException e) {
        throw bad(text, "four hexadecimal digits stand behind \\u");
      }
    }
    throw bad(text, "a backslash stands before one of ',= \\nrt' or u and four hexadecimal digits");
  }

  private static String take(StringBuilder part) {
    String taken = part.toString();
    part.setLength(0);
    return taken;
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException(
        "'" + text + "' is not a series such as device=press-04,field=temp: " + why);
  }
}
