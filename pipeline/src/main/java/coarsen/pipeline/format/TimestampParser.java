package coarsen.pipeline.format;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Reads {@code yyyy-MM-dd'T'HH:mm:ss[.fraction][zone]}, with a blank in place of the {@code T} if
 * you like. The fraction has one to nine digits, of which six count. The zone is {@code Z}, {@code
 * +hh:mm}, {@code +hhmm} or {@code +hh}; without one the time is local to the zone given. A local
 * time that a zone skips is refused; of one that occurs twice the earlier is taken.
 *
 * <p>Written by hand because {@code java.time} takes half of the time that a reading costs.
 */
final class TimestampParser {
  /** What {@link #parse} returns for anything else. */
  static final long NONE = Long.MIN_VALUE;

  private static final int WITHOUT_FRACTION = "2021-01-23T12:12:55".length();
  private static final int BAD = Integer.MIN_VALUE;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int MAX_OFFSET_MINUTES = 18 * 60;
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private final ZoneId zone;
  private final ZoneRules rules;
  private boolean skipped;
  private boolean outOfRange;
  private boolean repeated;

  TimestampParser(ZoneId zone) {
    this.zone = zone;
    rules = zone.getRules();
  }

  /** What is wrong with the text that was parsed last, if it is not a time. */
  String fault() {
    if (skipped) {
      return "a local time that "
          + zone
          + " skips; expected an offset such as +01:00, or another --inputZone,";
    }
    return outOfRange
        ? "no such date or time; expected hours up to 23, minutes and seconds up to 59, and a day of its month"
        : "expected YYYY-MM-DDThh:mm:ss, then if you like a point and 1 to 9 digits, and Z or an offset such as +01:00";
  }

  /**
   * Whether the text that was parsed last has another form, and so may be one of another parser.
   */
  boolean isOtherForm() {
    return !skipped && !outOfRange;
  }

  /** Whether the zone has the local time that was parsed last twice; the earlier was taken. */
  boolean isRepeated() {
    return repeated;
  }

  /**
   * Event time in microseconds since 1970, of years 0 to 9999; {@link #NONE} if it is not a time.
   */
  long parse(char[] text, int start, int length) {
    skipped = false;
    outOfRange = false;
    repeated = false;
    if (length < WITHOUT_FRACTION
        || text[start + 4] != '-'
        || text[start + 7] != '-'
        || (text[start + 10] != 'T' && text[start + 10] != ' ')
        || text[start + 13] != ':'
        || text[start + 16] != ':') {
      return NONE;
    }
    int year = digits(text, start, 4);
    int month = digits(text, start + 5, 2);
    int day = digits(text, start + 8, 2);
    int hour = digits(text, start + 11, 2);
    int minute = digits(text, start + 14, 2);
    int second = digits(text, start + 17, 2);
    if ((year | month | day | hour | minute | second) < 0) {
      return NONE;
    }
    outOfRange =
        month < 1
            || month > 12
            || day < 1
            || day > daysIn(year, month)
            || hour > 23
            || minute > 59
            || second > 59;
    if (outOfRange) {
      return NONE;
    }
    int end = start + length;
    int next = start + WITHOUT_FRACTION;
    int micros = 0;
    if (next < end && text[next] == '.') {
      int first = ++next;
      for (int weight = 100_000; next < end && isDigit(text[next]); next++, weight /= 10) {
        micros += weight * (text[next] - '0');
      }
      if (next == first || next - first > 9) {
        return NONE;
      }
    }
    long local = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
    int offset = next == end ? localOffset(local) : offset(text, next, end);
    return offset == BAD ? NONE : (local - offset) * MICROS_PER_SECOND + micros;
  }

  /** Seconds east of Greenwich, or {@link #BAD}. */
  private static int offset(char[] text, int start, int end) {
    int length = end - start;
    if (text[start] == 'Z') {
      return length == 1 ? 0 : BAD;
    }
    if (text[start] != '+' && text[start] != '-') {
      return BAD;
    }
    boolean colon = length == 6 && text[start + 3] == ':';
    if (length != 3 && length != 5 && !colon) {
      return BAD;
    }
    int hours = digits(text, start + 1, 2);
    int minutes = length == 3 ? 0 : digits(text, start + (colon ? 4 : 3), 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
      return BAD;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return text[start] == '-' ? -seconds : seconds;
  }

  private int localOffset(long localSeconds) {
    if (rules.isFixedOffset()) {
      return rules.getOffset(java.time.Instant.EPOCH).getTotalSeconds();
    }
    List<ZoneOffset> valid =
        rules.getValidOffsets(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC));
    skipped = valid.isEmpty();
    repeated = valid.size() > 1;
    return skipped ? BAD : valid.get(0).getTotalSeconds();
  }

  private static int digits(char[] text, int start, int count) {
    int value = 0;
    for (int i = start; i < start + count; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int daysIn(int year, int month) {
    int days = DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1];
    return month == 2 && isLeap(year) ? 29 : days;
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long epochDay(int year, int month, int day) {
    int before = year - 1;
    long days = 365L * year + before / 4 - before / 100 + before / 400;
    if (year == 0) {
      days = -1; // The divisions above round towards zero; year 0 is a leap year.
    }
    int dayOfYear = DAYS_BEFORE_MONTH[month - 1] + day - 1 + (month > 2 && isLeap(year) ? 1 : 0);
    return days + dayOfYear - 719_527;
  }
}
