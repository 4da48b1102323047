package coarsen.viewer.verify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in JSON with an exponent of more than nine digits, of which decimals can't be made. With
 * one of nine digits they are as far beyond all limits.
 */
final class LongExponents {
  private static final Pattern EXPONENT =
      Pattern.compile("(?<=[0-9][eE])(?<sign>[+-]?)0*[1-9][0-9]{9,}");

  private LongExponents() {}

  /** A document with shorter exponents; what is in strings stays. */
  static String shortened(String json) {
    var shorter = new StringBuilder(json.length());
    Matcher exponent = EXPONENT.matcher(json);
    boolean inString = false;
    int at = 0;
    while (exponent.find()) {
      for (; at < exponent.start(); at++) {
        char c = json.charAt(at);
        if (c == '"') {
          inString = !inString;
        } else if (c == '\\' && inString) {
          at++;
        }
      }
      exponent.appendReplacement(shorter, inString ? "$0" : "${sign}999999999");
    }
    return exponent.appendTail(shorter).toString();
  }
}
