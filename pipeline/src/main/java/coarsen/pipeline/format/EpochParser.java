package coarsen.pipeline.format;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads times that are numbers of a unit since 1970, with a fraction or in a string. Takes their
 * decimal digits, never a double, which would change them.
 */
final class EpochParser {
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MAX_EXPONENT = 100_000;

  /** Ten times that, and a digit, is still a long. */
  private static final long BEFORE_OVERFLOW = Long.MAX_VALUE / 10 - 1;

  private static final Pattern COMPACT_DATE =
      Pattern.compile(
          "(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(([01]\\d|2[0-3])[0-5]\\d[0-5]\\d)?");

  /** The power of ten by which numbers become microseconds. */
  private final int toMicros;

  EpochParser(TimeUnit unit) {
    toMicros =
        switch (unit) {
          case SECONDS -> 6;
          case MILLISECONDS -> 3;
          case MICROSECONDS -> 0;
          case NANOSECONDS -> -3;
          default -> throw new IllegalArgumentException("no such unit of timestamps: " + unit);
        };
  }

  /** Whether a text is digits, if you like with a minus before and a fraction behind a point. */
  static boolean isNumber(char[] text, int start, int length) {
    int end = start + length;
    int first = length > 0 && text[start] == '-' ? start + 1 : start;
    int point = digitsEnd(text, first, end);
    if (point == first || point == end) {
      return point > first;
    }
    return text[point] == '.' && point + 1 < end && digitsEnd(text, point + 1, end) == end;
  }

  /** Whether a text of digits is also a date, or a date and time, without punctuation. */
  static boolean isCompactDate(char[] text, int start, int length) {
    return (length == 8 || length == 14)
        && COMPACT_DATE.matcher(new String(text, start, length)).matches();
  }

  /**
   * Microseconds since 1970, rounded towards the past.
   *
   * @param text a number as in JSON; leading zeros do no harm
   * @return {@link TimestampParser#NONE} if more than nine digits are behind the point, once the
   *     exponent has moved it; beyond the range of event times if the number is
   */
  long parse(char[] text, int start, int length) {
    int first = text[start] == '-' ? start + 1 : start;
    int end = first;
    int point = -1;
    for (; end < start + length && text[end] != 'e' && text[end] != 'E'; end++) {
      if (text[end] == '.') {
        point = end;
      }
    }
    int fraction = point < 0 ? 0 : end - point - 1;
    int exponent = exponent(text, end + 1, start + length);
    if (fraction - exponent > MAX_FRACTION_DIGITS) {
      return TimestampParser.NONE;
    }
    int shift = toMicros + exponent - fraction;
    int counted = end - first - (point < 0 ? 0 : 1) + Math.min(0, shift);
    long micros = 0;
    boolean isMore = false;
    for (int i = first; i < end; i++) {
      if (i == point) {
        continue;
      }
      int digit = text[i] - '0';
      if (counted-- > 0) {
        if (micros > BEFORE_OVERFLOW) {
          return outOfRange(text[start]);
        }
        micros = micros * 10 + digit;
      } else {
        isMore |= digit != 0;
      }
    }
    for (; shift > 0 && micros != 0; shift--) {
      if (micros > BEFORE_OVERFLOW) {
        return outOfRange(text[start]);
      }
      micros *= 10;
    }
    return text[start] != '-' ? micros : isMore ? -micros - 1 : -micros;
  }

  private static long outOfRange(char sign) {
    return sign == '-' ? -Long.MAX_VALUE : Long.MAX_VALUE;
  }

  /** Of many digits, one that is as good as any. */
  private static int exponent(char[] text, int start, int end) {
    int exponent = 0;
    for (int i = start; i < end; i++) {
      if (text[i] != '-' && text[i] != '+') {
        exponent = Math.min(MAX_EXPONENT, exponent * 10 + text[i] - '0');
      }
    }
    return start < end && text[start] == '-' ? -exponent : exponent;
  }

  private static int digitsEnd(char[] text, int start, int end) {
    int i = start;
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    return i;
  }
}
