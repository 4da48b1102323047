package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads event times with {@code java.time} and whole numbers of any size. */
final class TimestampReader {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(Z|[+-]\\d\\d(?::?\\d\\d)?)?");

  private static final int MAX_BITS = 63;
  private static final BigInteger NANOS_PER_MICRO = BigInteger.valueOf(1_000);
  private static final BigInteger FIRST = BigInteger.valueOf(EventTime.MIN_MICROS);
  private static final BigInteger LAST = BigInteger.valueOf(EventTime.MAX_MICROS);

  private final ZoneId zone;
  private final BigInteger nanosPerUnit;

  TimestampReader(MessageFormat format) {
    zone = format.inputZone();
    nanosPerUnit = BigInteger.valueOf(TimeUnit.NANOSECONDS.convert(1, format.timestampUnit()));
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
    } else {
      nanos = timestamp.isTextual() ? nanos(timestamp.textValue()) : null;
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

  /** Null if the text is not a date and time. */
  private @Nullable BigInteger nanos(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(LocalDate.parse(form.group(1)), LocalTime.parse(form.group(2)));
      String named = form.group(3);
      ZoneOffset offset;
      if (named == null) {
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        if (valid.isEmpty()) {
          return null;
        }
        offset = valid.get(0); // Of a time that occurs twice, the earlier.
      } else {
        offset = ZoneOffset.of(named);
      }
      Instant instant = local.toInstant(offset);
      return BigInteger.valueOf(instant.getEpochSecond())
          .multiply(BigInteger.valueOf(TimeUnit.SECONDS.toNanos(1)))
          .add(BigInteger.valueOf(instant.getNano()));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
