package coarsen.pipeline.format;

import coarsen.records.EventTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads texts by a pattern of {@link DateTimeFormatter}, with English names in upper or lower case.
 * A date alone is its midnight. What names no offset and no zone is local to the zone given; of a
 * local time that occurs twice the earlier is taken, and one that is skipped is refused.
 */
final class PatternParser {
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2021, 7, 23, 13, 14, 15, 123_456_789, ZoneId.of("Europe/Berlin"));

  /** What a zone is called depends on the time of year, and tells repeated local times apart. */
  private static final List<DateTimeFormatter> ZONE_NAMES =
      Stream.of("z", "zzzz")
          .map(form -> DateTimeFormatter.ofPattern(form, Locale.ENGLISH))
          .toList();

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final ZoneId zone;
  private final boolean hasZoneNames;
  private boolean skipped;
  private boolean repeated;

  /**
   * A parser for one thread.
   *
   * @throws IllegalArgumentException if it is not a pattern, or not one of a date
   */
  PatternParser(String pattern, ZoneId zone) {
    this.pattern = pattern;
    this.zone = zone;
    hasZoneNames = pattern.replaceAll("'[^']*'", "").indexOf('z') >= 0;
    try {
      formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              // Or yyyy, the year of an era, would not be a year without the era.
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks that a pattern reads the date and time that it writes.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void check(String pattern) {
    var parser = new PatternParser(pattern, ZoneOffset.UTC);
    String written;
    try {
      written = parser.formatter.format(SAMPLE);
    } catch (DateTimeException e) {
      throw parser.wrong(String.valueOf(e.getMessage()));
    }
    if (parser.parse(written) == TimestampParser.NONE) {
      throw parser.wrong(
          "'" + written + "', which it writes, is not a date, if you like with a time");
    }
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "--timestampFormat="
            + pattern
            + ": "
            + why
            + "; write a pattern of java.time's DateTimeFormatter, such as 'dd.MM.yyyy HH:mm:ss'");
  }

  /**
   * Event time in microseconds since 1970; {@link TimestampParser#NONE} if the text does not fit;
   * beyond the range of event times if the year is.
   */
  long parse(String text) {
    skipped = false;
    repeated = false;
    TemporalAccessor parsed;
    try {
      parsed = formatter.parse(text);
    } catch (DateTimeException e) {
      return TimestampParser.NONE;
    }
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (date == null || (time == null && hasPartOfTime(parsed))) {
      return TimestampParser.NONE;
    }
    LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
    if (local.getYear() < 0 || local.getYear() > 9_999) {
      return local.getYear() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
    // An offset counts more than a zone, which may have two at a time.
    ZoneId offset = parsed.query(TemporalQueries.offset());
    ZoneId named = parsed.query(TemporalQueries.zoneId());
    ZoneId its = offset != null ? offset : named != null ? named : zone;
    List<ZoneOffset> valid = its.getRules().getValidOffsets(local);
    skipped = valid.isEmpty();
    if (hasZoneNames && named != null && !its.getRules().isFixedOffset()) {
      valid = valid.stream().filter(one -> isNamed(local, its, one, text)).toList();
    }
    if (valid.isEmpty()) {
      return TimestampParser.NONE;
    }
    repeated = valid.size() > 1;
    return EventTime.ofInstant(local.toInstant(valid.get(0)));
  }

  /** Whether the zone has the local time that was parsed last twice; the earlier was taken. */
  boolean isRepeated() {
    return repeated;
  }

  /** What is wrong with the text that was parsed last, if it is not a time. */
  String fault() {
    return skipped
        ? "a local time that its zone skips; expected an offset such as +01:00, or another --inputZone,"
        : "expected --timestampFormat=" + pattern;
  }

  private static boolean isNamed(LocalDateTime local, ZoneId its, ZoneOffset offset, String text) {
    ZonedDateTime time = ZonedDateTime.ofLocal(local, its, offset);
    return Stream.concat(Stream.of(its.getId()), ZONE_NAMES.stream().map(form -> form.format(time)))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(text.toLowerCase(Locale.ROOT)::contains);
  }

  /** Whether there is a part of a time that does not make one, such as an hour without am or pm. */
  private static boolean hasPartOfTime(TemporalAccessor parsed) {
    return Stream.of(ChronoField.values())
        .anyMatch(field -> field.isTimeBased() && parsed.isSupported(field));
  }
}
