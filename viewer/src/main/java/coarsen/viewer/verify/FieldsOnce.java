package coarsen.viewer.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A JSON object that knows which of its fields appeared more than once in the text, and how numbers
 * were written.
 */
@SuppressWarnings("unchecked") // Of Jackson's own deepCopy(), which is inherited.
final class FieldsOnce extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private final Set<String> twice = new HashSet<>(0);
  private final IdentityHashMap<JsonNode, String> written;

  /** Makes the nodes of one tree. */
  static final class Factory extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    private final transient JsonParser parser;

    /** Of the numbers that there are several ways to write; each is a node of its own. */
    private final transient IdentityHashMap<JsonNode, String> written = new IdentityHashMap<>();

    /**
     * @param parser that reads the tree
     */
    Factory(JsonParser parser) {
      this.parser = parser;
    }

    @Override
    public ObjectNode objectNode() {
      return new FieldsOnce(this);
    }

    @Override
    public NumericNode numberNode(int number) {
      // A minus sign may stand before a 0.
      return number == 0 ? asWritten(new IntNode(0)) : super.numberNode(number);
    }

    @Override
    public NumericNode numberNode(double number) {
      return asWritten(new DoubleNode(number));
    }

    @Override
    public ValueNode numberNode(BigDecimal number) {
      return asWritten(new DecimalNode(number));
    }

    private <N extends NumericNode> N asWritten(N node) {
      try {
        written.put(node, parser.getText());
        return node;
      } catch (IOException e) {
        throw new UncheckedIOException(e); // The text is in memory.
      }
    }
  }

  private FieldsOnce(Factory factory) {
    super(factory);
    written = factory.written;
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

  /** The text of a string, number or boolean in the same tree; of a number as it was written. */
  String text(JsonNode value) {
    return written.getOrDefault(value, value.asText());
  }
}
