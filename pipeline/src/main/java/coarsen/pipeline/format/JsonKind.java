package coarsen.pipeline.format;

import com.fasterxml.jackson.core.JsonToken;

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
}
