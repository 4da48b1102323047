package coarsen.viewer.verify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads event times by the run's {@code --timestampFormat}. */
final class TimestampPattern {
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final List<DateTimeFormatter> NAMES =
      List.of(
          DateTimeFormatter.ofPattern("z", Locale.ENGLISH),
          DateTimeFormatter.ofPattern("zzzz", Locale.ENGLISH),
          DateTimeFormatter.ofPattern("VV", Locale.ENGLISH));

  private final DateTimeFormatter formatter;
  private final ZoneId inputZone;
  private final boolean hasNames;

  TimestampPattern(String pattern, ZoneId inputZone) {
    formatter = formatter(pattern);
    this.inputZone = inputZone;
    hasNames = QUOTED.matcher(pattern).replaceAll("").contains("z");
  }

  /**
   * Reads by a pattern, with English names in upper or lower case.
   *
   * @throws IllegalArgumentException if it is not a pattern
   */
  static DateTimeFormatter formatter(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern(pattern)
          .parseDefaulting(ChronoField.ERA, 1)
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--timestampFormat=" + pattern + ": " + e.getMessage(), e);
    }
  }

  /** Null if the text does not fit, or is a local time that its zone skips. */
  @Nullable Instant read(String text) {
    TemporalAccessor fields;
    try {
      fields = formatter.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
    LocalDate date = fields.query(TemporalQueries.localDate());
    LocalTime time = fields.query(TemporalQueries.localTime());
    if (time == null
        && Arrays.stream(ChronoField.values())
            .noneMatch(field -> field.isTimeBased() && fields.isSupported(field))) {
      time = LocalTime.MIDNIGHT;
    }
    if (date == null || time == null) {
      return null;
    }
    ZoneId named = fields.query(TemporalQueries.zoneId());
    ZoneId zone = fields.query(TemporalQueries.offset());
    if (zone == null) {
      zone = named == null ? inputZone : named;
    }
    boolean checked = hasNames && named != null && !zone.getRules().isFixedOffset();
    for (var offset : zone.getRules().getValidOffsets(date.atTime(time))) {
      ZonedDateTime candidate = ZonedDateTime.ofLocal(date.atTime(time), zone, offset);
      if (!checked || NAMES.stream().anyMatch(name -> contains(text, name.format(candidate)))) {
        return candidate.toInstant(); // Of a time that occurs twice, the earlier.
      }
    }
    return null;
  }

  private static boolean contains(String text, String name) {
    return text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
  }
}
