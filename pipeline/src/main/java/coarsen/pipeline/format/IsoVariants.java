package coarsen.pipeline.format;

/**
 * Rewrites what else people write of ISO-8601 into the form that {@link TimestampParser} reads:
 *
 * <ul>
 *   <li>{@code 2021-01-23T12:12Z}, without seconds, as Java's {@code toString} has full minutes
 *   <li>{@code 2021-01-23}, a date alone, which is its midnight
 *   <li>{@code 20210123T121255Z}, the basic form
 *   <li>a comma before the fraction; {@code t} and {@code z}
 *   <li>{@code UTC} or {@code GMT} for {@code Z}, also behind a blank
 *   <li>{@code [Europe/Berlin]} behind the offset, which is what counts
 * </ul>
 *
 * For one thread: it holds the last result. It checks no ranges; the parser does.
 */
final class IsoVariants {
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MAX_ZONE_NAME = 64;

  private final char[] rewritten = new char[64];
  private char[] from = {};
  private int at;
  private int end;
  private int size;

  /** What {@link #rewrite} has written, from index 0. */
  char[] rewritten() {
    return rewritten;
  }

  /**
   * Rewrites a text.
   *
   * @return the length of {@link #rewritten}; 0 if the text has none of these forms
   */
  int rewrite(char[] text, int start, int length) {
    from = text;
    at = start;
    end = start + length;
    size = 0;
    return isDateAndTime() && at == end ? size : 0;
  }

  private boolean isDateAndTime() {
    boolean basic = digits(8);
    if (!(basic ? copy(4) && put('-') && copy(2) && put('-') && copy(2) : extendedDate())) {
      return false;
    }
    put('T');
    if (at == end) {
      put('0');
      put('0');
      return seconds("00:00");
    }
    if (!skip('T') && !skip('t') && !skip(' ')) {
      return false;
    }
    return time(basic) && zone();
  }

  private boolean extendedDate() {
    return copy(4) && skip('-') && put('-') && copy(2) && skip('-') && put('-') && copy(2);
  }

  private boolean time(boolean basic) {
    if (!copy(2) || (!basic && !skip(':')) || !put(':') || !copy(2)) {
      return false;
    }
    if (basic ? !digits(2) : !skip(':')) {
      return seconds("00");
    }
    if (!put(':') || !copy(2)) {
      return false;
    }
    return (!skip('.') && !skip(',')) || (put('.') && fraction());
  }

  private boolean seconds(String rest) {
    put(':');
    for (int i = 0; i < rest.length(); i++) {
      put(rest.charAt(i));
    }
    return true;
  }

  private boolean fraction() {
    int count = 0;
    while (count < MAX_FRACTION_DIGITS && copy(1)) {
      count++;
    }
    return count > 0;
  }

  private boolean zone() {
    if (at == end) {
      return true;
    }
    if (skip('Z') || skip('z')) {
      put('Z');
    } else if (from[at] == '+' || from[at] == '-') {
      put(from[at++]);
      if (!copy(2)) {
        return false;
      }
      boolean colon = skip(':');
      if ((colon || digits(2)) && !(put(':') && copy(2))) {
        return false;
      }
    } else {
      skip(' ');
      if (!word("UTC") && !word("GMT")) {
        return false;
      }
      put('Z');
    }
    return at == end || zoneName();
  }

  private boolean zoneName() {
    if (!skip('[')) {
      return false;
    }
    int first = at;
    while (at < end && isOfZoneName(from[at])) {
      at++;
    }
    return at > first && at - first <= MAX_ZONE_NAME && skip(']');
  }

  private static boolean isOfZoneName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/_+-~:".indexOf(c) >= 0;
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || from[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  private boolean digits(int count) {
    for (int i = at; i < at + count; i++) {
      if (i >= end || from[i] < '0' || from[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private boolean copy(int count) {
    if (!digits(count)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      put(from[at++]);
    }
    return true;
  }

  private boolean skip(char c) {
    boolean isNext = at < end && from[at] == c;
    at += isNext ? 1 : 0;
    return isNext;
  }

  private boolean put(char c) {
    rewritten[size++] = c;
    return true;
  }
}
