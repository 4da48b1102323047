package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages a second time, by other means than the pipeline: as text, into a tree, with
 * decimal numbers and {@code java.time}. Where the pipeline reports the first fault of a message,
 * this collects all.
 */
final class MessageReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;

  /** The least length that a limit of the contract depends on: of a number. */
  private static final int SMALLEST_LIMIT = 64;

  private static final JsonMapper PLAIN =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(new FieldsOnce.Factory())
          .build();

  private static final JsonMapper DECIMAL =
      PLAIN
          .rebuild()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // The digits behind the point are counted.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  /** A Kafka timestamp that is not farther from now a run has believed, whenever it was. */
  private static final long BELIEVED_MILLIS = Duration.ofDays(3650 - 300).toMillis();

  private final MessageFormat format;
  private final JsonPointer timestampField;
  private final JsonPointer valueField;
  private final TimestampReader timestamps;

  MessageReader(MessageFormat format) {
    this.format = format;
    timestampField = format.timestamp();
    valueField = format.value();
    timestamps = new TimestampReader(format);
  }

  /** Reads a message, at a time that decides which Kafka timestamps can be true. */
  ReadMessage read(SourceMessage message, long nowMillis) {
    ReadMessage read = read(message.value());
    if (!format.takesKafkaTime() || !read.isReading()) {
      return read;
    }
    long millis = message.kafkaMillis();
    if (millis <= 0 || millis > EventTime.MAX_MICROS / 1_000) {
      return ReadMessage.rejected(RejectReason.BAD_TIMESTAMP, read.certain());
    }
    boolean isBelieved = Math.abs(millis - nowMillis) <= BELIEVED_MILLIS;
    return ReadMessage.reading(message.kafkaMicros(), read.value(), read.certain() && isBelieved);
  }

  /** Reads the value of a message; without an event time if that is not in it. */
  private ReadMessage read(byte @Nullable [] value) {
    if (value == null) {
      return ReadMessage.rejected(RejectReason.NO_VALUE, true);
    }
    if (value.length > MAX_BYTES) {
      return ReadMessage.rejected(RejectReason.TOO_LARGE, true);
    }
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return ReadMessage.rejected(RejectReason.NOT_JSON, false);
    }
    boolean certain = !mayExceedALimit(text);
    try {
      JsonNode message = text.startsWith("\ufeff") ? null : tree(text);
      return message == null || message.isMissingNode()
          ? ReadMessage.rejected(RejectReason.NOT_JSON, certain)
          : read(message, certain);
    } catch (StreamConstraintsException e) {
      return ReadMessage.rejected(RejectReason.TOO_LARGE, certain);
    } catch (JsonProcessingException e) {
      return ReadMessage.rejected(RejectReason.NOT_JSON, certain);
    }
  }

  /**
   * A decimal has an exponent of 32 bits; JSON's may be longer, and Jackson lets the exception
   * pass.
   */
  private static JsonNode tree(String text) throws JsonProcessingException {
    try {
      return DECIMAL.readTree(text);
    } catch (NumberFormatException e) {
      return PLAIN.readTree(text);
    }
  }

  private ReadMessage read(JsonNode message, boolean certain) {
    if (!(message instanceof FieldsOnce fields)) {
      return ReadMessage.rejected(RejectReason.NOT_AN_OBJECT, certain);
    }
    Set<RejectReason> faults = EnumSet.noneOf(RejectReason.class);
    long tsMicros =
        format.takesKafkaTime() ? 0 : timestamps.read(find(fields, timestampField, faults), faults);
    JsonNode number = find(fields, valueField, faults);
    if (format.numbersInStrings() && number instanceof TextNode string) {
      number = number(string);
    }
    double value = 0;
    if (number == null || number.isNull()) {
      faults.add(RejectReason.MISSING_FIELD);
    } else if (!number.isNumber()) {
      faults.add(RejectReason.NOT_A_NUMBER);
    } else {
      value = number.isBigInteger() ? number.decimalValue().doubleValue() : number.doubleValue();
      if (!Double.isFinite(value)) {
        faults.add(RejectReason.NOT_FINITE);
      }
    }
    // Of a field that appears twice the tree has the last, and the pipeline may report the first.
    boolean all = certain && !faults.contains(RejectReason.DUPLICATE_FIELD);
    return faults.isEmpty()
        ? ReadMessage.reading(tsMicros, value + 0.0, all)
        : new ReadMessage(0, 0, faults, all);
  }

  /** The node at a pointer, or null; a field on its way that appears twice is a fault. */
  private static @Nullable JsonNode find(
      JsonNode root, JsonPointer pointer, Set<RejectReason> faults) {
    JsonNode node = root;
    JsonPointer rest = pointer;
    while (node != null && !rest.matches()) {
      if (node instanceof FieldsOnce fields) {
        String name = rest.getMatchingProperty();
        if (fields.isTwice(name)) {
          faults.add(RejectReason.DUPLICATE_FIELD);
        }
        node = fields.get(name);
      } else {
        int index = rest.getMatchingIndex();
        node = node.isArray() && index >= 0 ? node.get(index) : null;
      }
      rest = rest.tail();
    }
    return node;
  }

  /** The number that a string holds; the string itself if it holds none. */
  private static JsonNode number(TextNode string) {
    return NUMBER.matcher(string.textValue()).matches()
        ? DoubleNode.valueOf(Double.parseDouble(string.textValue()))
        : string;
  }

  /** Whether a number, name or string may be longer than allowed. */
  private static boolean mayExceedALimit(String text) {
    if (text.length() <= SMALLEST_LIMIT) {
      return false;
    }
    int digits = 0;
    int quoted = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digits = (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0 ? digits + 1 : 0;
      quoted = c == '"' ? 0 : quoted + 1;
      if (digits > SMALLEST_LIMIT || quoted > 1 << 15) {
        return true;
      }
    }
    return false;
  }
}
