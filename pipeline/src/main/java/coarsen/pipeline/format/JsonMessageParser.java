package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message as JSON: finds the objects in it, of which {@link JsonObjectReader} makes
 * readings. Streaming: no tree is made, and no object for a reading.
 */
final class JsonMessageParser implements MessageParser {
  private static final int MAX_DEPTH = 32;
  static final int MAX_NUMBER = 64;
  private static final int MAX_STRING = 1 << 16;
  private static final String OVER_A_LIMIT =
      "deeper than "
          + MAX_DEPTH
          + ", or a number over "
          + MAX_NUMBER
          + " characters, or a string over "
          + MAX_STRING;

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

  private static final String SEVERAL =
      "more than one JSON document; a message is expected to be one object or one array of objects";

  private final ParsedMessage parsed = new ParsedMessage();
  private final JsonObjectReader objects;
  private final int indexesOfObject;

  /** Where the readings are; null if the message is one, or an array of them. */
  private final @Nullable String readingsField;

  private final @Nullable FieldFinder envelope;
  private boolean hasReadings;
  private boolean hasReadingsTwice;

  JsonMessageParser(JsonFormat format) {
    objects = new JsonObjectReader(format, parsed);
    indexesOfObject = objects.values();
    readingsField = format.readingsField();
    envelope = readingsField == null ? null : envelope(readingsField);
  }

  private FieldFinder envelope(String field) {
    FieldPath path = FieldPath.parse("--readingsField", field);
    return new FieldFinder(
        List.of(
            new FieldFinder.Target(
                path,
                (parser, token) -> {
                  hasReadings = true;
                  readings(parser, token, field);
                })),
        (name, targets) -> hasReadingsTwice = true);
  }

  @Override
  public ParsedMessage parse(Message message) {
    byte[] bytes = message.bytes();
    int start = message.start();
    int length = message.length();
    parsed.clear();
    if (length > ParsedMessage.MAX_BYTES) {
      return parsed.tooLarge(length);
    }
    if (!NotJson.looksLikeUtf8(bytes, start, length)) {
      return parsed.rejected(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
    objects.open(message);
    try (JsonParser parser = JSON.createParser(bytes, start, length)) {
      return document(parser);
    } catch (StreamConstraintsException e) {
      return parsed.rejected(RejectReason.TOO_LARGE, OVER_A_LIMIT);
    } catch (IOException e) {
      return parsed.rejected(RejectReason.NOT_JSON, NotJson.describe(bytes, start, length));
    }
  }

  private ParsedMessage document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return parsed.rejected(RejectReason.NOT_JSON, "the message holds nothing but white space");
    }
    if (envelope == null) {
      readings(parser, first, "the message");
    } else if (first == JsonToken.START_OBJECT) {
      open(parser, envelope);
    } else {
      parser.skipChildren();
      parsed.rejected(
          RejectReason.NOT_AN_OBJECT,
          "the message is " + JsonKind.of(first) + "; --readingsField expects an object");
    }
    return parser.nextToken() == null ? parsed : parsed.rejected(RejectReason.NOT_JSON, SEVERAL);
  }

  private void open(JsonParser parser, FieldFinder readings) throws IOException {
    hasReadings = false;
    hasReadingsTwice = false;
    readings.find(parser);
    if (hasReadingsTwice) {
      parsed.rejected(RejectReason.DUPLICATE_FIELD, readingsField + " appears twice");
    } else if (!hasReadings) {
      parsed.rejected(RejectReason.MISSING_FIELD, "no " + readingsField);
    }
  }

  /**
   * Reads an object or an array of them.
   *
   * @param name of what the parser is at, for details
   */
  private void readings(JsonParser parser, JsonToken first, String name) throws IOException {
    if (first == JsonToken.START_OBJECT) {
      objects.read(parser, 0, "");
    } else if (first == JsonToken.START_ARRAY) {
      array(parser, name);
    } else {
      parsed.rejected(RejectReason.NOT_AN_OBJECT, name + " is " + JsonKind.of(first));
    }
  }

  private void array(JsonParser parser, String name) throws IOException {
    int elements = 0;
    boolean hasObject = false;
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      int index = elements * indexesOfObject;
      boolean fits = index + indexesOfObject <= ParsedMessage.MAX_READINGS;
      if (fits && token == JsonToken.START_OBJECT) {
        hasObject = true;
        objects.read(parser, index, "element " + elements + ": ");
      } else {
        if (fits) {
          parsed.rejected(
              index,
              RejectReason.NOT_AN_OBJECT,
              "element " + elements + " is " + JsonKind.of(token));
        }
        parser.skipChildren();
      }
      elements++;
    }
    if (elements > ParsedMessage.MAX_READINGS / indexesOfObject) {
      parsed.rejected(
          RejectReason.TOO_LARGE,
          "an array of "
              + elements
              + " elements; at most "
              + ParsedMessage.MAX_READINGS
              + " readings of a message are read");
    } else if (!hasObject) {
      parsed.rejected(RejectReason.NOT_AN_OBJECT, name + " is an array without objects");
    }
  }
}
