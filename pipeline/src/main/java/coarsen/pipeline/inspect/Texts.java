package coarsen.pipeline.inspect;

import coarsen.records.TerminalText;
import java.util.Locale;

/** Texts for people: what messages hold, made fit for a terminal, and quantities. */
final class Texts {
  private Texts() {}

  /** A text without control characters, cut to so many characters. */
  static String cut(String text, int most) {
    var cut = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      String shown = TerminalText.isPrintable(c) ? Character.toString(c) : TerminalText.escaped(c);
      if (cut.length() + shown.length() > most - (i < text.length() ? 1 : 0)) {
        return cut.append('…').toString();
      }
      cut.append(shown);
    }
    return cut.toString();
  }

  /** A share of a whole. */
  static String percent(double part, double whole) {
    double percent = whole == 0 ? 0 : 100 * part / whole;
    boolean needsDigit = (percent > 0 && percent < 10) || (percent > 99 && percent < 100);
    return String.format(Locale.ROOT, needsDigit ? "%.1f %%" : "%.0f %%", percent);
  }

  /** A count. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with what is counted. */
  static String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  /** A duration in the unit that suits it. */
  static String duration(long micros) {
    double seconds = micros / 1e6;
    if (micros < 10_000) {
      return number(micros / 1e3) + " ms";
    }
    if (seconds < 1) {
      return Math.round(micros / 1e3) + " ms";
    }
    return seconds < 120
        ? number(seconds) + " s"
        : seconds < 7_200
            ? number(seconds / 60) + " min"
            : seconds < 172_800
                ? number(seconds / 3_600) + " h"
                : number(seconds / 86_400) + " days";
  }

  /** A rate. */
  static String rate(double rate) {
    return rate < 10 ? number(rate) : count(Math.round(rate));
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, number < 100 ? "%.1f" : "%,.0f", number)
        .replaceFirst("\\.0$", "");
  }
}
