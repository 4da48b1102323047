package coarsen.pipeline.inspect;

import java.util.Locale;
import java.util.regex.Pattern;

/** Quotes words for a shell. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");
  private static final Pattern OPTION = Pattern.compile("(?s)(--[A-Za-z]+=)(.+)");

  private ShellWords() {}

  /** A word that a shell takes for this text; of an option only the value is quoted. */
  static String quote(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    var option = OPTION.matcher(text);
    return option.matches() ? option.group(1) + quoted(option.group(2)) : quoted(text);
  }

  private static String quoted(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        ? "'" + text.replace("'", "'\\''") + "'"
        : "$'" + escaped(text) + "'";
  }

  /** As bash and zsh read it, so that nobody pastes a line with a control character. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c == '\n') {
        escaped.append("\\n");
      } else if (Character.isISOControl(c)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
