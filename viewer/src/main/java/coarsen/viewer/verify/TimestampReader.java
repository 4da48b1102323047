package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads event times with {@code java.time} and whole numbers of any size. */
final class TimestampReader {
  private static final String ZONE =
      "(?<zone>[Zz]|\\x20?(?:UTC|GMT)|[+-]\\d\\d(?::?\\d\\d)?)(?:\\[[\\w/+~:-]{1,64}])?";

  private static final Pattern EXTENDED =
      Pattern.compile(
          "(?<date>\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[Tt ](?<minute>\\d\\d:\\d\\d)(?<second>:\\d\\d(?:[.,]\\d{1,9})?)?(?:"
              + ZONE
              + ")?)?");

  private static final Pattern BASIC =
      Pattern.compile(
          "(\\d{4})(\\d\\d)(\\d\\d)([Tt ]\\d\\d)(\\d\\d)(?:(\\d\\d(?:[.,]\\d{1,9})?))?((?:"
              + ZONE
              + ")?)");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern COMPACT =
      Pattern.compile("(?:19|20)\\d{6}(?:(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d)?");

  private static final int MAX_FRACTION_DIGITS = 9;

  /** Numbers with more digits before the point are out of range in every unit. */
  private static final int MAX_DIGITS = 40;

  private static final int MAX_BITS = 63;
  private static final BigInteger NANOS_PER_MICRO = BigInteger.valueOf(1_000);
  private static final BigInteger FIRST = BigInteger.valueOf(EventTime.MIN_MICROS);
  private static final BigInteger LAST = BigInteger.valueOf(EventTime.MAX_MICROS);

  private final ZoneId zone;
  private final BigInteger nanosPerUnit;
  private final @Nullable TimestampPattern pattern;

  TimestampReader(JsonMessageFormat format) {
    zone = format.inputZone();
    nanosPerUnit = BigInteger.valueOf(TimeUnit.NANOSECONDS.convert(1, format.timestampUnit()));
    String form = format.timestampFormat();
    pattern = form == null ? null : new TimestampPattern(form, zone);
  }

  /**
   * The event time in microseconds, rounded down.
   *
   * @param faults takes what is wrong with it; then the result is 0
   */
  long read(@Nullable JsonNode timestamp, Set<RejectReason> faults) {
    if (timestamp == null || timestamp.isNull()) {
      faults.add(RejectReason.MISSING_FIELD);
      return 0;
    }
    BigInteger nanos;
    if (timestamp.isIntegralNumber()) {
      BigInteger number = timestamp.bigIntegerValue();
      nanos = number.multiply(nanosPerUnit);
      if (number.bitLength() > MAX_BITS) {
        faults.add(RejectReason.OUT_OF_RANGE);
        return 0;
      }
    } else if (timestamp.isDouble()) { // Jackson makes a decimal of all that are finite.
      faults.add(RejectReason.OUT_OF_RANGE);
      return 0;
    } else {
      BigDecimal number =
          timestamp.isNumber() ? timestamp.decimalValue() : number(timestamp.textValue());
      if (number != null
          && number.signum() != 0
          && number.precision() - (long) number.scale() > MAX_DIGITS) {
        faults.add(RejectReason.OUT_OF_RANGE);
        return 0;
      }
      nanos =
          number != null
              ? nanos(number)
              : timestamp.isTextual() ? nanos(timestamp.textValue()) : null;
      if (nanos == null) {
        faults.add(RejectReason.BAD_TIMESTAMP);
        return 0;
      }
    }
    BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_MICRO);
    BigInteger micros = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    if (micros.compareTo(FIRST) < 0 || micros.compareTo(LAST) > 0) {
      faults.add(RejectReason.OUT_OF_RANGE);
      return 0;
    }
    return micros.longValueExact();
  }

  /** Null if the text is not to be read as a number. */
  private @Nullable BigDecimal number(@Nullable String text) {
    return text == null || pattern != null || !NUMBER.matcher(text).matches() || isCompact(text)
        ? null
        : new BigDecimal(text);
  }

  /** Whether digits are a date, or a date and time, as well. */
  private static boolean isCompact(String text) {
    if (!COMPACT.matcher(text).matches()) {
      return false;
    }
    int month = Integer.parseInt(text.substring(4, 6));
    int day = Integer.parseInt(text.substring(6, 8));
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /** Null if the number has more digits behind the point than the contract allows. */
  private @Nullable BigInteger nanos(BigDecimal number) {
    return number.scale() > MAX_FRACTION_DIGITS
        ? null
        : number
            .multiply(new BigDecimal(nanosPerUnit))
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
  }

  /** Null if the text is not a date and time. */
  private @Nullable BigInteger nanos(String text) {
    Instant instant = pattern == null ? iso(text) : pattern.read(text);
    return instant == null
        ? null
        : BigInteger.valueOf(instant.getEpochSecond())
            .multiply(BigInteger.valueOf(TimeUnit.SECONDS.toNanos(1)))
            .add(BigInteger.valueOf(instant.getNano()));
  }

  private @Nullable Instant iso(String text) {
    Matcher form = EXTENDED.matcher(text);
    if (!form.matches()) {
      Matcher basic = BASIC.matcher(text);
      if (!basic.matches()) {
        return null;
      }
      form = EXTENDED.matcher(basic.replaceFirst("$1-$2-$3$4:$5" + seconds(basic) + "$7"));
      if (!form.matches()) {
        return null;
      }
    }
    String minute = Objects.requireNonNullElse(form.group("minute"), "00:00");
    String second = Objects.requireNonNullElse(form.group("second"), "").replace(',', '.');
    try {
      LocalDateTime local =
          LocalDateTime.of(LocalDate.parse(form.group("date")), LocalTime.parse(minute + second));
      String named = form.group("zone");
      if (named == null) {
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        // Of a time that occurs twice, the earlier.
        return valid.isEmpty() ? null : local.toInstant(valid.get(0));
      }
      boolean isUtc = !named.startsWith("+") && !named.startsWith("-");
      return local.toInstant(isUtc ? ZoneOffset.UTC : ZoneOffset.of(named));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String seconds(Matcher basic) {
    return basic.group(6) == null ? "" : ":$6";
  }
}
