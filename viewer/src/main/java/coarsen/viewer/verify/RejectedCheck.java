package coarsen.viewer.verify;

import coarsen.records.MessageId;
import coarsen.records.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rejected rows: each by its name, and none of a name that is in raw as well. */
final class RejectedCheck {
  private final ReadingNames raw;
  private final Consumer<String> differences;
  private final ReadingNames names = new ReadingNames();
  private final Map<Integer, Map<ReadingPosition, List<RejectedRow>>> rows = new HashMap<>();
  private @Nullable String topic;
  private long count;

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
      differs(parsed, "expected a row of topic " + topic + ", found one of " + message.topic());
    }
    List<RejectedRow> sameName =
        rows.computeIfAbsent(message.partition(), key -> new HashMap<>())
            .computeIfAbsent(
                new ReadingPosition(message.offset(), parsed.index()), key -> new ArrayList<>(1));
    if (sameName.isEmpty()) {
      count++;
      if (raw.contains(message.partition(), message.offset(), parsed.index())) {
        differs(parsed, "expected in raw or rejected, found in both");
      }
    }
    for (RejectedRow other : sameName) {
      if (other.run() == row.run()) {
        if (other.hash() != row.hash()) {
          differs(
              parsed, "expected one rejected row of run " + row.run() + ", found two that differ");
        }
        return row.run();
      }
    }
    sameName.add(row);
    names.add(message.partition(), message.offset(), parsed.index(), row.run());
    return row.run();
  }

  ReadingNames names() {
    return names;
  }

  /** The rows of one name, one for each run that wrote one. */
  List<RejectedRow> rows(int partition, long offset, int index) {
    return rows.getOrDefault(partition, Map.of())
        .getOrDefault(new ReadingPosition(offset, index), List.of());
  }

  /** How many names there are: messages, and parts of messages. */
  long count() {
    return count;
  }

  private void differs(Rejected row, String what) {
    MessageId message = row.message();
    differences.accept(
        "reading %s: %s"
            .formatted(
                ReadingNames.text(message.partition(), message.offset(), row.index()), what));
  }
}
