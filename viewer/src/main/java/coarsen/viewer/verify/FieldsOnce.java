package coarsen.viewer.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** A JSON object that knows which of its fields appeared more than once in the text. */
@SuppressWarnings("unchecked") // Of Jackson's own deepCopy(), which is inherited.
final class FieldsOnce extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private final Set<String> twice = new HashSet<>(0);

  /** Makes the nodes of trees. */
  static final class Factory extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ObjectNode objectNode() {
      return new FieldsOnce(this);
    }
  }

  private FieldsOnce(JsonNodeFactory factory) {
    super(factory);
  }

  /** Jackson's tree reader sets each field with this method. */
  @Override
  public JsonNode replace(String name, JsonNode value) {
    JsonNode before = super.replace(name, value);
    if (before != null) {
      twice.add(name);
    }
    return before;
  }

  boolean isTwice(String name) {
    return twice.contains(name);
  }
}
