package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.Reading;
import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of JSON by other means than the pipeline: as text, into a tree, with decimal
 * numbers and {@code java.time}.
 */
final class JsonMessageReader implements MessageReader {
  private static final int MAX_DEPTH = 32;

  /** The least length that a limit of the contract depends on: of a number. */
  private static final int SMALLEST_LIMIT = 64;

  /** So many readings a message can have. */
  private static final int MAX_PLACES = Reading.MAX_INDEX + 1;

  private static final JsonMapper DECIMAL =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // The digits behind the point are counted.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonPointer readings;
  private final ObjectReader objects;

  JsonMessageReader(JsonMessageFormat format) {
    readings = format.readings();
    objects = new ObjectReader(format);
  }

  @Override
  public ReadMessage read(byte[] value, byte @Nullable [] key, ReadPart kafkaTime) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return ReadMessage.rejected(RejectReason.NOT_JSON, false);
    }
    boolean certain = !mayExceedALimit(text);
    try {
      JsonNode tree = text.startsWith("\ufeff") ? null : tree(text);
      return tree == null
          ? ReadMessage.rejected(RejectReason.NOT_JSON, certain)
          : unwrap(tree, key, kafkaTime, certain);
    } catch (StreamConstraintsException e) {
      return ReadMessage.rejected(RejectReason.TOO_LARGE, certain);
    } catch (IOException e) {
      return ReadMessage.rejected(RejectReason.NOT_JSON, certain);
    }
  }

  private static @Nullable JsonNode tree(String text) throws IOException {
    try (JsonParser parser = new LongExponents(DECIMAL.createParser(text))) {
      return DECIMAL.reader(new FieldsOnce.Factory(parser)).readTree(parser);
    }
  }

  private ReadMessage unwrap(
      JsonNode message, byte @Nullable [] key, ReadPart kafkaTime, boolean certain) {
    if (!readings.matches() && !(message instanceof FieldsOnce)) {
      return ReadMessage.rejected(RejectReason.NOT_AN_OBJECT, certain);
    }
    Set<RejectReason> faults = EnumSet.noneOf(RejectReason.class);
    JsonNode found = ObjectReader.find(message, readings, faults);
    if (!faults.isEmpty()) {
      return ReadMessage.rejected(RejectReason.DUPLICATE_FIELD, certain);
    }
    return found == null
        ? ReadMessage.rejected(RejectReason.MISSING_FIELD, certain)
        : read(found, key, kafkaTime, certain);
  }

  private ReadMessage read(
      JsonNode message, byte @Nullable [] key, ReadPart kafkaTime, boolean certain) {
    List<ReadPart> parts = new ArrayList<>(1);
    if (message instanceof FieldsOnce fields) {
      objects.read(fields, 0, key, kafkaTime, certain, parts);
      return new ReadMessage(parts, certain);
    }
    if (message.size() > MAX_PLACES / objects.values()) {
      return ReadMessage.rejected(RejectReason.TOO_LARGE, certain);
    }
    boolean hasObject = false;
    int index = 0;
    for (JsonNode element : message) {
      if (element instanceof FieldsOnce fields) {
        hasObject = true;
        objects.read(fields, index, key, kafkaTime, certain, parts);
      } else {
        parts.add(ReadPart.rejected(index, Set.of(RejectReason.NOT_AN_OBJECT), certain));
      }
      index += objects.values();
    }
    return hasObject
        ? new ReadMessage(parts, certain)
        : ReadMessage.rejected(RejectReason.NOT_AN_OBJECT, certain);
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
