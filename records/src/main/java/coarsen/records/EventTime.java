package coarsen.records;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Event times: a {@code long} of microseconds since 1970-01-01T00:00:00Z (negative before it),
 * written as ISO-8601 in UTC with no, three or six fractional digits.
 */
public final class EventTime {
  /** 0001-01-01T00:00:00Z, the earliest event time. */
  public static final long MIN_MICROS = -62_135_596_800_000_000L;

  /** 9999-12-31T23:59:59.999999Z, the last with a year of four digits. */
  public static final long MAX_MICROS = 253_402_300_799_999_999L;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;

  private EventTime() {}

  /**
   * The start of the fixed window that an event time falls into.
   *
   * @param micros event time in microseconds
   * @param windowMicros length of the windows in microseconds, more than 0
   * @return the greatest multiple of the length that is at most {@code micros}
   */
  public static long windowStart(long micros, long windowMicros) {
    return micros - Math.floorMod(micros, windowMicros);
  }

  /** Event time of an instant, rounded down to a microsecond. */
  public static long ofInstant(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1000);
  }

  /** The instant of an event time. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * Parses a time.
   *
   * @throws IllegalArgumentException if the text is not an ISO-8601 instant of the years 1 to 9999
   */
  public static long parse(String text) {
    long micros;
    try {
      micros = isCanonical(text) ? parseCanonical(text) : ofInstant(Instant.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not an ISO-8601 time in UTC: " + text, e);
    }
    if (micros < MIN_MICROS || micros > MAX_MICROS) {
      throw new IllegalArgumentException("outside the years 1 to 9999: " + text);
    }
    return micros;
  }

  /**
   * Whether a time has the form that this class writes. Every row has a time to parse, and the
   * JDK's parser takes ten times as long.
   */
  private static boolean isCanonical(String text) {
    int length = text.length();
    if ((length != 20 && length != 24 && length != 27) || text.charAt(length - 1) != 'Z') {
      return false;
    }
    String form = "dddd-dd-ddTdd:dd:dd.dddddd";
    for (int i = 0; i < length - 1; i++) {
      char expected = form.charAt(i);
      char actual = text.charAt(i);
      if (expected == 'd' ? actual < '0' || actual > '9' : actual != expected) {
        return false;
      }
    }
    int hour = number(text, 11, 2);
    return hour < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
  }

  private static long parseCanonical(String text) {
    LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    long seconds =
        date.toEpochDay() * SECONDS_PER_DAY
            + number(text, 11, 2) * 3_600L
            + number(text, 14, 2) * 60L
            + number(text, 17, 2);
    int digits = Math.max(0, text.length() - 21);
    int fraction = digits == 0 ? 0 : number(text, 20, digits);
    return seconds * MICROS_PER_SECOND + (digits == 3 ? fraction * 1_000 : fraction);
  }

  private static int number(String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /** ISO-8601 in UTC, such as {@code 2021-01-23T12:12:55.123Z}. */
  public static String format(long micros) {
    var json = new JsonBytes(32);
    write(micros, json);
    return json.toString();
  }

  /** Appends what {@link #format} returns. Allocates nothing: each reading has a time. */
  static void write(long micros, JsonBytes to) {
    if (micros < MIN_MICROS || micros > MAX_MICROS) {
      throw new IllegalArgumentException(
          "event time outside the years 1 to 9999: " + micros + " µs");
    }
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
    long epochDay = Math.floorDiv(seconds, (long) SECONDS_PER_DAY);
    int secondOfDay = (int) Math.floorMod(seconds, (long) SECONDS_PER_DAY);

    // Civil date of a day number, by eras of 400 years that begin on 1 March (Howard Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

    to.digits(year, 4);
    to.raw('-');
    to.digits(month, 2);
    to.raw('-');
    to.digits(day, 2);
    to.raw('T');
    to.digits(secondOfDay / 3_600, 2);
    to.raw(':');
    to.digits(secondOfDay / 60 % 60, 2);
    to.raw(':');
    to.digits(secondOfDay % 60, 2);
    if (fraction != 0) {
      to.raw('.');
      if (fraction % 1_000 == 0) {
        to.digits(fraction / 1_000, 3);
      } else {
        to.digits(fraction, 6);
      }
    }
    to.raw('Z');
  }
}
