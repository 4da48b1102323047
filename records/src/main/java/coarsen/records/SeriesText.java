package coarsen.records;

import java.util.ArrayList;
import java.util.List;

/** The text of a series: labels with escaped separators. */
final class SeriesText {
  private static final String PLAIN = ",= \\\n\r\t";
  private static final String ESCAPED = ",= \\nrt";

  private SeriesText() {}

  /** Appends a name or value. */
  static void escape(String part, StringBuilder to) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int special = PLAIN.indexOf(c);
      if (special < 0) {
        to.append(c);
      } else {
        to.append('\\').append(ESCAPED.charAt(special));
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
        int special = i == text.length() ? -1 : ESCAPED.indexOf(text.charAt(i));
        if (special < 0) {
          throw bad(text, "a backslash stands before one of ',= \\nrt'");
        }
        part.append(PLAIN.charAt(special));
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
