package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of JSON: those of the top level by name, others as JSON pointers (RFC 6901). Of an
 * array only the first element is looked at.
 */
final class JsonFields implements MessageFields {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_FIELDS = 500;
  private static final Document NONE = new Document(List.of(), false);

  /** Interning would keep every field name that ever came. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  /** The JSON pointer of the object, or array of objects, with the readings; empty for all. */
  private final String readings;

  /**
   * @param readingsField the field with the readings, as the option has it; empty for the message
   */
  JsonFields(String readingsField) {
    readings =
        readingsField.isEmpty() || readingsField.startsWith("/")
            ? readingsField
            : "/" + escaped(readingsField);
  }

  @Override
  public Document read(byte[] message) {
    // From characters, since Jackson would recognize UTF-16 in bytes, which a run does not read.
    try (JsonParser parser = JSON.createParser(new String(message, UTF_8))) {
      List<Field> fields = new ArrayList<>();
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        first = parser.nextToken();
      }
      if (first != JsonToken.START_OBJECT) {
        return NONE;
      }
      members(parser, "", 1, fields);
      return withoutSchema(readings.isEmpty() ? fields : ofReadings(fields));
    } catch (IOException e) {
      return NONE;
    }
  }

  /** The fields of the first object with a reading, with their places in it. */
  private List<Field> ofReadings(List<Field> fields) {
    List<Field> found = new ArrayList<>();
    for (Field field : fields) {
      String pointer = field.name().startsWith("/") ? field.name() : "/" + escaped(field.name());
      for (String start : List.of(readings + "/0/", readings + "/")) {
        if (pointer.startsWith(start)) {
          String rest = pointer.substring(start.length() - 1);
          found.add(new Field(name(rest), field.kind(), field.text()));
          break;
        }
      }
    }
    return found;
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }

  /** The name of a field at the top level, where it can be given as one; else its pointer. */
  static String name(String pointer) {
    String step = pointer.substring(1);
    String name = step.replace("~1", "/").replace("~0", "~");
    return step.contains("/") || name.startsWith("/") || name.startsWith("@") || name.isEmpty()
        ? pointer
        : name;
  }

  private static Document withoutSchema(List<Field> fields) {
    boolean hasSchema = fields.stream().anyMatch(JsonFields::isOfSchema);
    boolean hasPayload = fields.stream().anyMatch(field -> field.name().startsWith("/payload/"));
    return hasSchema && hasPayload
        ? new Document(fields.stream().filter(field -> !isOfSchema(field)).toList(), true)
        : new Document(fields, false);
  }

  private static boolean isOfSchema(Field field) {
    return field.name().startsWith("/schema/")
        || (field.name().equals("schema") && field.kind() == FieldKind.NULL);
  }

  /** Reads an object to its end. */
  private static void members(JsonParser parser, String pointer, int depth, List<Field> fields)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      value(parser, parser.nextToken(), pointer + "/" + escaped(name), depth + 1, fields);
    }
  }

  private static void value(
      JsonParser parser, JsonToken token, String pointer, int depth, List<Field> fields)
      throws IOException {
    if (depth > MAX_DEPTH || fields.size() > MAX_FIELDS) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      members(parser, pointer, depth, fields);
    } else if (token == JsonToken.START_ARRAY) {
      for (boolean isFirst = true; ; isFirst = false) {
        JsonToken element = parser.nextToken();
        if (element == JsonToken.END_ARRAY || element == null) {
          return;
        }
        if (isFirst) {
          value(parser, element, pointer + "/0", depth + 1, fields);
        } else {
          parser.skipChildren();
        }
      }
    } else {
      add(parser, token, pointer, fields);
    }
  }

  private static void add(JsonParser parser, JsonToken token, String pointer, List<Field> fields)
      throws IOException {
    FieldKind kind =
        switch (token) {
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> FieldKind.NUMBER;
          case VALUE_STRING -> FieldKind.TEXT;
          case VALUE_TRUE, VALUE_FALSE -> FieldKind.BOOLEAN;
          default -> FieldKind.NULL;
        };
    fields.add(new Field(name(pointer), kind, parser.getText()));
  }
}
