package coarsen.viewer.plot;

import coarsen.records.EventTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time axis with round steps: 1, 2 or 5 times a power of ten microseconds up to a second, then
 * fractions of minutes, hours and days. XChart gets steps instead of times: its own search for time
 * ticks does not support microseconds and loops for ever on spans of millennia.
 */
final class TimeAxis {
  private static final int MAX_STEPS = 9;
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] CLOCK_STEPS = {
    SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
    HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY
  };

  /** Shown on each side of a single moment. */
  private static final long ROOM = 2 * SECOND;

  private final long firstStep;
  private final long step;
  private final long offset;
  private final ZoneId zone;
  private final long from;
  private final long to;
  private final DateTimeFormatter whole;
  private final DateTimeFormatter between;

  private TimeAxis(long step, long from, long to, ZoneId zone) {
    this.step = step;
    this.zone = zone;
    int seconds = zone.getRules().getOffset(EventTime.toInstant(to)).getTotalSeconds();
    this.offset = seconds * SECOND;
    this.from = from;
    this.to = to;
    this.firstStep = Math.floorDiv(from + offset, step);
    this.whole = format(pattern(step));
    this.between = format(step >= 3 * HOUR ? "yyyy-MM-dd HH:mm" : "HH:mm:ss.SSSSSS");
  }

  /**
   * An axis for a range of event times, in microseconds since 1970.
   *
   * @param first at most {@code last}
   * @param zone in which the steps are round
   */
  static TimeAxis of(long first, long last, ZoneId zone) {
    long room = first == last ? ROOM : 0;
    return new TimeAxis(step(last - first + 2 * room), first - room, last + room, zone);
  }

  private static long step(long span) {
    for (long power = 1; power < SECOND; power *= 10) {
      for (long step : new long[] {power, 2 * power, 5 * power}) {
        if (span <= step * MAX_STEPS) {
          return step;
        }
      }
    }
    for (long step : CLOCK_STEPS) {
      if (span <= step * MAX_STEPS) {
        return step;
      }
    }
    long days = 1;
    while (true) {
      for (long step : new long[] {days * DAY, 2 * days * DAY, 5 * days * DAY}) {
        if (span <= step * MAX_STEPS) {
          return step;
        }
      }
      days *= 10;
    }
  }

  private static String pattern(long step) {
    if (step >= DAY) {
      return "yyyy-MM-dd";
    }
    if (step >= 3 * HOUR) {
      return "MM-dd HH:mm";
    }
    if (step >= MINUTE) {
      return "HH:mm";
    }
    int digits = 0;
    for (long unit = SECOND; step % unit != 0; unit /= 10) {
      digits++;
    }
    return digits == 0 ? "HH:mm:ss" : "HH:mm:ss." + "S".repeat(digits);
  }

  /** The start of the axis, in steps. */
  double start() {
    return position(from);
  }

  /** The end of the axis, in steps. */
  double end() {
    return position(to);
  }

  /** The position of an event time, in steps from a round time at or before the start. */
  double position(long micros) {
    return (micros + offset - firstStep * step) / (double) step;
  }

  /** The event time at a position, in microseconds since 1970. */
  long micros(double position) {
    return firstStep * step - offset + Math.round(position * step);
  }

  /**
   * The time at a position in the zone, in at most 20 characters: rounded at whole steps, precise
   * between them. XChart draws no ticks at all if both ends have the same label; here they differ.
   */
  String label(double position) {
    long nearest = Math.round(position);
    if (Math.abs(position - nearest) < 1e-6) {
      // A change to or from summer time shifts steps of days by an hour, so label the middle of
      // days.
      long middle = step >= DAY ? DAY / 2 : 0;
      return whole.format(EventTime.toInstant(micros((double) nearest) + middle));
    }
    return between.format(EventTime.toInstant(micros(position)));
  }

  /** The day in a zone. */
  static String day(long micros, ZoneId zone) {
    return format("yyyy-MM-dd", zone).format(EventTime.toInstant(micros));
  }

  /** The time of day in the zone, to the microsecond if need be. */
  String exactly(long micros) {
    boolean seconds = micros % SECOND == 0;
    boolean millis = micros % 1_000 == 0;
    String pattern = seconds ? "HH:mm:ss" : millis ? "HH:mm:ss.SSS" : "HH:mm:ss.SSSSSS";
    return format(step >= 3 * HOUR ? "yyyy-MM-dd " + pattern : pattern)
        .format(EventTime.toInstant(micros));
  }

  private DateTimeFormatter format(String pattern) {
    return format(pattern, zone);
  }

  private static DateTimeFormatter format(String pattern, ZoneId zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
  }
}
