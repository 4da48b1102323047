package coarsen.pipeline.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Says what a part of a document is, for details of rejected messages. */
final class JsonKind {
  private JsonKind() {}

  /** What begins with a token. */
  static String of(JsonToken token) {
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

  /** Reads an array to its end, and says what it is. */
  static String ofArray(JsonParser parser) throws IOException {
    int elements = 0;
    int objects = 0;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY && next != null;
        next = parser.nextToken()) {
      elements++;
      objects += next == JsonToken.START_OBJECT ? 1 : 0;
      parser.skipChildren();
    }
    return elements > 0 && objects == elements
        ? "an array of "
            + (objects == 1 ? "1 object" : objects + " objects")
            + "; a message is expected to be one reading"
        : "an array";
  }
}
