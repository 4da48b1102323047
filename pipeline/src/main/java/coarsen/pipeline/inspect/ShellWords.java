package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.TerminalText;
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
    return text.codePoints().allMatch(TerminalText::isPrintable)
        ? "'" + text.replace("'", "'\\''") + "'"
        : "$'" + escaped(text) + "'";
  }

  /** As bash and zsh read it, so that nobody pastes a line with a control character. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      if (c == '\'' || c == '\\') {
        escaped.append('\\').append((char) c);
      } else if (TerminalText.isPrintable(c)) {
        escaped.appendCodePoint(c);
      } else {
        for (byte b : Character.toString(c).getBytes(UTF_8)) {
          escaped.append(String.format(Locale.ROOT, "\\x%02x", b));
        }
      }
    }
    return escaped.toString();
  }
}
