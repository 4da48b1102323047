package coarsen.pipeline.inspect;

import coarsen.pipeline.format.JsonFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A field in all messages of a sample that have it. */
final class FieldColumn {
  /**
   * The field in one message.
   *
   * @param kafkaMillis the message's Kafka timestamp
   */
  record Cell(int partition, long kafkaMillis, FieldKind kind, String text) {
    boolean isNumber() {
      return kind == FieldKind.NUMBER;
    }

    /** Whether it is a text that holds a number. */
    boolean isNumberInText() {
      return kind == FieldKind.TEXT && JsonFormat.isNumber(text);
    }
  }

  private final String name;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<FieldKind, Integer> kinds = new EnumMap<>(FieldKind.class);

  FieldColumn(String name) {
    this.name = name;
  }

  /** The name, as options write it. */
  String name() {
    return name;
  }

  void add(ConsumerRecord<byte[], byte[]> message, MessageFields.Field field) {
    cells.add(new Cell(message.partition(), message.timestamp(), field.kind(), field.text()));
    kinds.merge(field.kind(), 1, Integer::sum);
  }

  /** How many messages have it. */
  int count() {
    return cells.size();
  }

  /** Partition after partition, in offset order. */
  List<Cell> cells() {
    return cells;
  }

  /** Those that hold something, at most so many, from the first to the last. */
  List<Cell> some(int most) {
    List<Cell> filled = cells.stream().filter(cell -> cell.kind() != FieldKind.NULL).toList();
    int size = Math.min(most, filled.size());
    return Stream.iterate(0, i -> i < size, i -> i + 1)
        .map(i -> filled.get((int) ((long) i * filled.size() / size)))
        .toList();
  }

  /** What it holds, the most frequent first. */
  String kinds() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.<FieldKind, Integer>comparingByValue().reversed())
        .map(kind -> kind.getKey().toString())
        .collect(Collectors.joining(", "));
  }

  /** One of its values that is not null, if there is one. */
  Cell example() {
    return cells.stream()
        .filter(cell -> cell.kind() != FieldKind.NULL)
        .reduce((before, last) -> last)
        .orElseGet(() -> cells.get(0));
  }

  /** Whether all of its values are of one kind. */
  boolean hasOnly(FieldKind kind) {
    return kinds.keySet().equals(Set.of(kind));
  }

  /** How many different values it has. */
  int distinct() {
    return (int) cells.stream().map(Cell::text).distinct().count();
  }

  /** Whether all of many values are the same. */
  boolean isConstant(int many) {
    return cells.size() >= many && cells.stream().map(Cell::text).distinct().limit(2).count() == 1;
  }
}
