package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of fields in options, with commas between them. */
final class FieldNames {
  /** Up to a comma that has no backslash before it. */
  private static final Pattern FIELD = Pattern.compile("(?:\\\\,|[^,])*");

  private FieldNames() {}

  /** The names; a comma of a name has a backslash before it in the list. */
  static List<String> split(String list) {
    List<String> names = new ArrayList<>();
    Matcher field = FIELD.matcher(list);
    for (int at = 0; at <= list.length(); at = field.end() + 1) {
      field.region(at, list.length()).lookingAt();
      names.add(field.group().replace("\\,", ","));
    }
    return names;
  }
}
