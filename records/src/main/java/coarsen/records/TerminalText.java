package coarsen.records;

import java.util.Locale;

/**
 * Which characters may be printed as they are, though others chose them: not those that move the
 * cursor or change colours, such as escape (U+001B), and not invisible ones that hide or reverse
 * others, such as U+202E.
 */
public final class TerminalText {
  private TerminalText() {}

  /** Whether a code point may be printed as it is. */
  public static boolean isPrintable(int c) {
    if (c >= ' ' && c <= '~') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * What is printed in place of a code point: {@code \n}, {@code \r}, {@code \t}, or its code in
   * hexadecimal digits as in JSON, where one beyond U+FFFF is two surrogates.
   */
  public static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        var units = new StringBuilder();
        for (char unit : Character.toChars(c)) {
          units.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        yield units.toString();
      }
    };
  }
}
