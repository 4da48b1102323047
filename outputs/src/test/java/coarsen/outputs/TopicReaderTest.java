package coarsen.outputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Where reading once starts and stops; integration tests read a real broker. */
class TopicReaderTest {
  private static final String TOPIC = "raw";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST);
  private final CollectedRows collected = new CollectedRows();
  private long nanos;

  @Test
  void nothingThatWasAddedAfterTheOpeningIsPassedOn() {
    partitions(1);
    offsets(FIRST, 0, 2);
    TopicReader reader = open(Tails.EVERYTHING);
    messages(FIRST, 0, 4);
    reader.readAll(MessageHandler.ofRows(collected));
    assertEquals(List.of("0:0", "0:1"), collected.take());
    assertEquals(new TopicBounds(Map.of(0, 0L), Map.of(0, 2L)), reader.bounds());
  }

  @Test
  void allPartitionsAreReadEachFromItsBacklog() {
    partitions(2);
    offsets(FIRST, 10, 100);
    offsets(SECOND, 10, 12);
    TopicReader reader = open(3);
    messages(FIRST, 97, 100);
    consumer.schedulePollTask(() -> messages(SECOND, 10, 12));
    reader.readAll(MessageHandler.ofRows(collected));
    assertEquals(List.of("0:97", "0:98", "0:99", "1:10", "1:11"), sorted(collected.take()));
  }

  @Test
  void anEmptyTopicIsFinishedAtOnce() {
    partitions(1);
    offsets(FIRST, 7, 7);
    open(Tails.EVERYTHING).readAll(MessageHandler.ofRows(collected));
    assertEquals(List.of(), collected.take());
  }

  @Test
  void aMessageWithoutAValueIsNotARow() {
    partitions(1);
    offsets(FIRST, 0, 1);
    TopicReader reader = open(Tails.EVERYTHING);
    consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, null));
    reader.readAll(MessageHandler.ofRows(collected));
    assertEquals(List.of(), collected.take());
  }

  @Test
  void aMessageWithoutAValueIsAMessageAllTheSame() {
    partitions(1);
    offsets(FIRST, 0, 1);
    TopicReader reader = open(Tails.EVERYTHING);
    consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, null));
    var offsets = new ArrayList<Long>();
    reader.readAll(message -> offsets.add(message.offset()));
    assertEquals(List.of(0L), offsets);
  }

  @Test
  void aTopicThatIsNotThereCannotBeRead() {
    var e = assertThrows(CommandException.class, () -> open(5));
    assertEquals("there is no topic raw", e.getMessage());
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(consumer.closed());
  }

  @Test
  void anErrorOfTheBrokerEndsTheReading() {
    assertEquals("can't read topic raw: no", failure(new KafkaException("no")));
  }

  @Test
  void aBrokerThatDoesNotAnswerAnyMoreEndsTheReading() {
    assertEquals("the broker does not answer", failure(new TimeoutException("no")));
  }

  private String failure(KafkaException cause) {
    partitions(1);
    offsets(FIRST, 0, 10);
    TopicReader reader = open(20);
    consumer.setPollException(cause);
    var e = assertThrows(CommandException.class, () -> reader.readAll(message -> {}));
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    return e.getMessage();
  }

  private TopicReader open(long last) {
    return TopicReader.open(consumer, TOPIC, last, () -> nanos++);
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  private void partitions(int count) {
    var infos = new ArrayList<PartitionInfo>();
    for (int i = 0; i < count; i++) {
      infos.add(new PartitionInfo(TOPIC, i, Node.noNode(), new Node[0], new Node[0]));
    }
    consumer.updatePartitions(TOPIC, infos);
  }

  private void offsets(TopicPartition partition, long beginning, long end) {
    consumer.updateBeginningOffsets(Map.of(partition, beginning));
    consumer.updateEndOffsets(Map.of(partition, end));
  }

  private void messages(TopicPartition partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      byte[] value = (partition.partition() + ":" + offset).getBytes(UTF_8);
      consumer.addRecord(
          new ConsumerRecord<>(TOPIC, partition.partition(), offset, new byte[0], value));
    }
  }
}
