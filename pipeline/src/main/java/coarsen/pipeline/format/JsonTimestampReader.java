package coarsen.pipeline.format;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the field with the event time. Holds the last result. The common forms come first: ISO-8601
 * and integers.
 */
final class JsonTimestampReader {
  private final String field;
  private final String place;
  private final TimeUnit unit;
  private final TimestampParser text;
  private final IsoVariants variants = new IsoVariants();
  private final EpochParser epoch;
  private final @Nullable PatternParser pattern;

  private long micros;
  private boolean repeated;
  private String detail = "";

  JsonTimestampReader(JsonFormat format, String place) {
    this.place = place;
    field = format.timestampField();
    unit = format.timestampUnit();
    text = new TimestampParser(format.inputZone());
    epoch = new EpochParser(unit);
    String form = format.timestampFormat();
    pattern = form == null ? null : new PatternParser(form, format.inputZone());
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
        RejectReason why = pattern == null ? string(parser) : string(parser.getText(), pattern);
        if (why != null) {
          return why;
        }
      }
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          return reject(RejectReason.OUT_OF_RANGE, "over 64 bits at " + place);
        }
        micros = micros(parser.getLongValue());
      }
      case VALUE_NULL -> {
        return reject(RejectReason.MISSING_FIELD, field + " is null");
      }
      case VALUE_NUMBER_FLOAT -> {
        RejectReason why =
            number(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (why != null) {
          return why;
        }
      }
      default -> {
        return reject(
            RejectReason.BAD_TIMESTAMP,
            JsonKind.of(token)
                + " at "
                + place
                + "; expected a number in --timestampUnit, or text");
      }
    }
    return micros < EventTime.MIN_MICROS || micros > EventTime.MAX_MICROS
        ? reject(RejectReason.OUT_OF_RANGE, "not in years 1 to 9999 at " + place)
        : null;
  }

  /**
   * Takes a message's Kafka timestamp as the event time. Whether it can be true, only those know
   * who know the time.
   *
   * @return null if it is an event time; else why not, with {@link #detail}
   */
  @Nullable RejectReason takeKafkaTime(long millis) {
    repeated = false;
    if (millis <= 0 || millis > EventTime.MAX_MICROS / 1_000) {
      return reject(
          RejectReason.BAD_TIMESTAMP,
          "the message has no Kafka timestamp that can be true (--timestampField=@kafka)");
    }
    micros = millis * 1_000;
    return null;
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

  private @Nullable RejectReason string(JsonParser parser) throws IOException {
    char[] chars = parser.getTextCharacters();
    int start = parser.getTextOffset();
    int length = parser.getTextLength();
    micros = text.parse(chars, start, length);
    if (micros == TimestampParser.NONE && text.isOtherForm()) {
      if (EpochParser.isNumber(chars, start, length)) {
        return EpochParser.isCompactDate(chars, start, length)
            ? reject(
                RejectReason.BAD_TIMESTAMP,
                "digits that are a date as well as a number at "
                    + place
                    + "; --timestampFormat=uuuuMMdd or uuuuMMddHHmmss reads the date")
            : number(chars, start, length);
      }
      int rewritten = variants.rewrite(chars, start, length);
      if (rewritten > 0) {
        micros = text.parse(variants.rewritten(), 0, rewritten);
      }
    }
    repeated = text.isRepeated();
    return micros == TimestampParser.NONE
        ? reject(
            RejectReason.BAD_TIMESTAMP,
            text.fault()
                + " at "
                + place
                + (text.isOtherForm() ? "; --timestampFormat=PATTERN reads other forms" : ""))
        : null;
  }

  private @Nullable RejectReason string(String string, PatternParser form) {
    micros = form.parse(string);
    repeated = form.isRepeated();
    return micros == TimestampParser.NONE
        ? reject(RejectReason.BAD_TIMESTAMP, form.fault() + " at " + place)
        : null;
  }

  private @Nullable RejectReason number(char[] chars, int start, int length) {
    micros = epoch.parse(chars, start, length);
    return micros == TimestampParser.NONE
        ? reject(
            RejectReason.BAD_TIMESTAMP,
            "more than nine digits behind the point of a number at " + place)
        : null;
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
