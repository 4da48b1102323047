package coarsen.pipeline.read;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message as a reading. Total: whatever the bytes, it returns a reading or the reason why
 * there is none, and it never guesses. For one thread; holds the last result, so that a reading
 * costs no object.
 */
final class ReadingParser {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_STRING = 1 << 16;

  /** Interning would keep every field name that ever came. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String timestampField;
  private final String valueField;
  private final TimeUnit timestampUnit;
  private final TimestampParser timestamps;

  private long tsMicros;
  private double value;
  private boolean hasTimestamp;
  private boolean hasValue;
  private @Nullable RejectReason reason;
  private String detail = "";

  ReadingParser(InputFormat format) {
    timestampField = format.timestampField();
    valueField = format.valueField();
    timestampUnit = format.timestampUnit();
    timestamps = new TimestampParser(format.inputZone());
  }

  /**
   * Reads a message.
   *
   * @return null if it is a reading, which {@link #tsMicros} and {@link #value} then tell; else why
   *     it is none, with {@link #detail}
   */
  @Nullable RejectReason parse(byte[] bytes, int start, int length) {
    reason = null;
    detail = "";
    hasTimestamp = false;
    hasValue = false;
    if (length > MAX_BYTES) {
      return no(RejectReason.TOO_LARGE, length + " bytes; at most " + MAX_BYTES + " are read");
    }
    if (!looksLikeUtf8(bytes, start, length)) {
      return no(RejectReason.NOT_JSON, "UTF-8 without a byte order mark is expected");
    }
    try (JsonParser parser = JSON.createParser(bytes, start, length)) {
      return document(parser);
    } catch (StreamConstraintsException e) {
      return no(
          RejectReason.TOO_LARGE,
          "deeper than %d, or a number over %d characters, or a string over %d"
              .formatted(MAX_DEPTH, MAX_NUMBER, MAX_STRING));
    } catch (IOException e) {
      return no(RejectReason.NOT_JSON, "not one JSON document in UTF-8");
    }
  }

  /** Event time of the last reading, microseconds since 1970. */
  long tsMicros() {
    return tsMicros;
  }

  /** Value of the last reading, finite. */
  double value() {
    return value;
  }

  /** What is wrong with the last message, for people. */
  String detail() {
    return detail;
  }

  private @Nullable RejectReason document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      if (first == null) {
        return no(RejectReason.NOT_JSON, "the message is empty");
      }
      parser.skipChildren();
      return parser.nextToken() == null
          ? no(RejectReason.NOT_AN_OBJECT, "the message is " + kind(first))
          : no(RejectReason.NOT_JSON, "text after the document");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(timestampField)) {
        once(hasTimestamp, timestampField);
        hasTimestamp = true;
        timestamp(parser, token);
      } else if (name.equals(valueField)) {
        once(hasValue, valueField);
        hasValue = true;
        value(parser, token);
      }
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      return no(RejectReason.NOT_JSON, "text after the object");
    }
    if (!hasTimestamp) {
      first(RejectReason.MISSING_FIELD, "no " + timestampField);
    } else if (!hasValue) {
      first(RejectReason.MISSING_FIELD, "no " + valueField);
    }
    return reason;
  }

  private void timestamp(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_STRING -> {
        tsMicros =
            timestamps.parse(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (tsMicros == TimestampParser.NONE) {
          first(RejectReason.BAD_TIMESTAMP, "no date and time of ISO-8601 at $." + timestampField);
          return;
        }
      }
      case VALUE_NUMBER_INT -> {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.BIG_INTEGER) {
          first(RejectReason.OUT_OF_RANGE, "over 64 bits at $." + timestampField);
          return;
        }
        tsMicros = micros(parser.getLongValue());
      }
      case VALUE_NULL -> {
        first(RejectReason.MISSING_FIELD, timestampField + " is null");
        return;
      }
      default -> {
        first(
            RejectReason.BAD_TIMESTAMP, "timestamp is " + kind(token) + " at $." + timestampField);
        return;
      }
    }
    if (tsMicros < EventTime.MIN_MICROS || tsMicros > EventTime.MAX_MICROS) {
      first(RejectReason.OUT_OF_RANGE, "not in years 1 to 9999 at $." + timestampField);
    }
  }

  /** Towards the past, as with the digits of a text; saturates where it would overflow. */
  private long micros(long timestamp) {
    return timestampUnit == TimeUnit.NANOSECONDS
        ? Math.floorDiv(timestamp, 1_000L)
        : timestampUnit.toMicros(timestamp);
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (parser.getTextLength() > MAX_NUMBER) {
          first(RejectReason.TOO_LARGE, "over " + MAX_NUMBER + " characters at $." + valueField);
          return;
        }
        value = parser.getDoubleValue() + 0.0; // Makes -0.0 a 0.
        if (!Double.isFinite(value)) {
          first(RejectReason.NOT_FINITE, "beyond the range of a double at $." + valueField);
        }
      }
      case VALUE_NULL -> first(RejectReason.MISSING_FIELD, valueField + " is null");
      default ->
          first(RejectReason.NOT_A_NUMBER, "value is " + kind(token) + " at $." + valueField);
    }
  }

  private void once(boolean seen, String field) {
    if (seen) {
      first(RejectReason.DUPLICATE_FIELD, field + " stands twice");
    }
  }

  /** Keeps the first thing that is wrong with a field; that it is no JSON at all counts more. */
  private void first(RejectReason why, String what) {
    if (reason == null) {
      no(why, what);
    }
  }

  private RejectReason no(RejectReason why, String what) {
    reason = why;
    detail = what;
    return why;
  }

  /**
   * Jackson would detect UTF-16 and UTF-32, and skip a byte order mark, by the first four bytes.
   */
  private static boolean looksLikeUtf8(byte[] bytes, int start, int length) {
    for (int i = start; i < start + Math.min(length, 4); i++) {
      if (bytes[i] == 0 || (i == start && bytes[i] < 0)) {
        return false;
      }
    }
    return true;
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }
}
