package coarsen.pipeline.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Finds fields by their paths while a document streams by. None is a part of another. */
final class FieldFinder {
  /** Reads a field that was found. */
  interface Reader {
    /** Reads the token that the parser is at. */
    void read(JsonParser parser, JsonToken token) throws IOException;
  }

  /** Takes fields that an object has again. */
  interface Repeats {
    /**
     * A field on the path of targets appears again.
     *
     * @param targets bits, that of the first target being 1
     */
    void field(String name, int targets);
  }

  /** A field to look for. */
  record Target(FieldPath path, Reader reader) {}

  private final List<Target> targets;
  private final Repeats repeats;

  /**
   * @param targets at most 32
   * @param repeats takes fields that an object has again
   */
  FieldFinder(List<Target> targets, Repeats repeats) {
    this.targets = targets;
    this.repeats = repeats;
  }

  /** Reads the object at whose start the parser is, to its end. */
  void find(JsonParser parser) throws IOException {
    container(parser, false, 0, -1);
  }

  /**
   * @param depth steps of the paths that lead here
   * @param live bits of the targets whose paths do
   */
  private void container(JsonParser parser, boolean isArray, int depth, int live)
      throws IOException {
    int seen = 0;
    for (int index = 0; ; index++) {
      JsonToken token = parser.nextToken();
      if (token == null || token.isStructEnd()) {
        return;
      }
      String step = isArray ? Integer.toString(index) : parser.getCurrentName();
      if (!isArray) {
        token = parser.nextToken();
      }
      int found = matching(step, depth, live);
      if ((seen & found) != 0) {
        repeats.field(step, seen & found);
      }
      seen |= found;
      member(parser, token, depth + 1, found);
    }
  }

  private void member(JsonParser parser, JsonToken token, int depth, int found) throws IOException {
    if (found == 0) {
      parser.skipChildren();
      return;
    }
    Target first = targets.get(Integer.numberOfTrailingZeros(found));
    if (first.path().steps().size() == depth) {
      first.reader().read(parser, token);
      parser.skipChildren();
    } else if (token.isStructStart()) {
      container(parser, token == JsonToken.START_ARRAY, depth, found);
    }
  }

  private int matching(String step, int depth, int live) {
    int found = 0;
    for (int i = 0; i < targets.size(); i++) {
      if ((live & 1 << i) != 0 && targets.get(i).path().steps().get(depth).equals(step)) {
        found |= 1 << i;
      }
    }
    return found;
  }
}
