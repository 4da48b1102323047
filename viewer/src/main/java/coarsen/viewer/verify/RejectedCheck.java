package coarsen.viewer.verify;

import coarsen.records.MessageId;
import coarsen.records.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rejected rows: each by its name, and none of a message that is in raw as well. */
final class RejectedCheck {
  private final ReadingNames raw;
  private final Consumer<String> differences;
  private final ReadingNames names = new ReadingNames();
  private final Map<Integer, Map<Long, List<RejectedRow>>> rows = new HashMap<>();
  private @Nullable String topic;
  private long messages;

  /**
   * @param topic that the rows must name; null if the first row says
   */
  RejectedCheck(ReadingNames raw, @Nullable String topic, Consumer<String> differences) {
    this.raw = raw;
    this.topic = topic;
    this.differences = differences;
  }

  /**
   * Adds a row.
   *
   * @return the run that wrote it
   * @throws IllegalArgumentException if it is not one; the message says why
   */
  int add(byte[] json, int offset, int length) {
    Rejected parsed = Rejected.parse(json, offset, length);
    var row = RejectedRow.of(parsed, json, offset, length);
    MessageId message = parsed.message();
    if (topic == null) {
      topic = message.topic();
    } else if (!topic.equals(message.topic())) {
      differs(message, "expected a row of topic " + topic + ", found one of " + message.topic());
    }
    List<RejectedRow> sameMessage =
        rows.computeIfAbsent(message.partition(), key -> new HashMap<>())
            .computeIfAbsent(message.offset(), key -> new ArrayList<>(1));
    if (sameMessage.isEmpty()) {
      messages++;
      if (raw.contains(message.partition(), message.offset())) {
        differs(message, "expected in raw or rejected, found in both");
      }
    }
    for (RejectedRow other : sameMessage) {
      if (other.run() == row.run()) {
        if (other.hash() != row.hash()) {
          differs(
              message, "expected one rejected row of run " + row.run() + ", found two that differ");
        }
        return row.run();
      }
    }
    sameMessage.add(row);
    names.add(message.partition(), message.offset(), row.run());
    return row.run();
  }

  ReadingNames names() {
    return names;
  }

  /** The rows of a message, one for each run that rejected it. */
  List<RejectedRow> rows(int partition, long offset) {
    return rows.getOrDefault(partition, Map.of()).getOrDefault(offset, List.of());
  }

  /** How many messages there are. */
  long messages() {
    return messages;
  }

  private void differs(MessageId message, String what) {
    differences.accept("reading %d:%d: %s".formatted(message.partition(), message.offset(), what));
  }
}
