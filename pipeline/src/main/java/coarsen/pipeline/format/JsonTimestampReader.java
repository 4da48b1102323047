package coarsen.pipeline.format;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the field with the event time. Holds the last result. */
final class JsonTimestampReader {
  private final String field;
  private final TimeUnit unit;
  private final TimestampParser text;

  private long micros;
  private boolean repeated;
  private String detail = "";

  JsonTimestampReader(JsonFormat format) {
    field = format.timestampField();
    unit = format.timestampUnit();
    text = new TimestampParser(format.inputZone());
  }

  /**
   * Reads the token that the parser is at.
   *
   * @return null if it is an event time; else why not, with {@link #detail}
   */
  @Nullable RejectReason read(JsonParser parser, JsonToken token) throws IOException {
    repeated = false;
    switch (token) {
      case VALUE_STRING -> {
        micros =
            text.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        repeated = text.isRepeated();
        if (micros == TimestampParser.NONE) {
          return reject(RejectReason.BAD_TIMESTAMP, text.fault() + " at $." + field);
        }
      }
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          return reject(RejectReason.OUT_OF_RANGE, "over 64 bits at $." + field);
        }
        micros = micros(parser.getLongValue());
      }
      case VALUE_NULL -> {
        return reject(RejectReason.MISSING_FIELD, field + " is null");
      }
      case VALUE_NUMBER_FLOAT -> {
        return reject(
            RejectReason.BAD_TIMESTAMP,
            "a number with a fraction or an exponent at $."
                + field
                + "; expected an integer in --timestampUnit, or text");
      }
      default -> {
        return reject(
            RejectReason.BAD_TIMESTAMP,
            JsonKind.of(token)
                + " at $."
                + field
                + "; expected an integer in --timestampUnit, or text");
      }
    }
    return micros < EventTime.MIN_MICROS || micros > EventTime.MAX_MICROS
        ? reject(RejectReason.OUT_OF_RANGE, "not in years 1 to 9999 at $." + field)
        : null;
  }

  /** The last event time, microseconds since 1970. */
  long micros() {
    return micros;
  }

  /** Whether the last event time was a local time that occurs twice, and the earlier was taken. */
  boolean isRepeated() {
    return repeated;
  }

  /** What is wrong with the last timestamp. */
  String detail() {
    return detail;
  }

  /** Towards the past, as with the digits of a text; saturates where it would overflow. */
  private long micros(long timestamp) {
    return unit == TimeUnit.NANOSECONDS
        ? Math.floorDiv(timestamp, 1_000L)
        : unit.toMicros(timestamp);
  }

  private RejectReason reject(RejectReason why, String what) {
    detail = what;
    return why;
  }
}
