package coarsen.pipeline.inspect;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The fields that the messages of a sample have, in the order in which they were seen. */
public final class FieldTable {
  private static final int MAX_COLUMNS = 1_000;

  private final Map<String, FieldColumn> columns = new LinkedHashMap<>();
  private int messages;
  private int envelopes;

  /** The fields of all messages of a sample. */
  static FieldTable of(TopicSample sample, MessageFields format) {
    var table = new FieldTable();
    sample.all().forEach(message -> table.add(message, format));
    return table;
  }

  private void add(ConsumerRecord<byte[], byte[]> message, MessageFields format) {
    if (message.value() == null) {
      return;
    }
    MessageFields.Document document = format.read(message.value());
    messages += document.fields().isEmpty() ? 0 : 1;
    envelopes += document.isEnvelope() ? 1 : 0;
    Set<String> seen = new HashSet<>();
    for (MessageFields.Field field : document.fields()) {
      if (seen.add(field.name())
          && (columns.containsKey(field.name()) || columns.size() < MAX_COLUMNS)) {
        columns.computeIfAbsent(field.name(), FieldColumn::new).add(message, field);
      }
    }
  }

  /** The fields. */
  Collection<FieldColumn> columns() {
    return Collections.unmodifiableCollection(columns.values());
  }

  /** How many messages have fields. */
  int messages() {
    return messages;
  }

  /** Whether the messages are envelopes of Kafka Connect, a schema and a payload. */
  boolean areEnvelopes() {
    return 2 * envelopes > messages;
  }

  /** The share of messages with fields that have this one. */
  double share(FieldColumn column) {
    return messages == 0 ? 0 : (double) column.count() / messages;
  }

  /** At most so many fields, in their order; if there are more, those that matter most. */
  List<FieldColumn> some(int most, List<String> byWeight) {
    List<String> chosen =
        Stream.concat(byWeight.stream().filter(columns::containsKey), columns.keySet().stream())
            .distinct()
            .limit(most)
            .toList();
    return columns.values().stream().filter(column -> chosen.contains(column.name())).toList();
  }
}
