package coarsen.outputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
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
import org.junit.jupiter.api.Test;

/** Where a tail starts and what it reports; integration tests read a real broker. */
class TopicTailTest {
  private static final String TOPIC = "raw";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST);
  private final CollectedRows collected = new CollectedRows();
  private long nanos;

  @Test
  void aPartitionIsReadFromItsBacklogAndFollowed() {
    partition(FIRST, 10, 100);
    partition(SECOND, 10, 12);
    TopicTail tail = open(5);
    assertEquals(95, consumer.position(FIRST));
    assertEquals(10, consumer.position(SECOND));
    messages(FIRST, 95, 100);
    messages(SECOND, 10, 12);
    assertEquals(7, tail.poll(collected));
    messages(FIRST, 100, 101);
    collected.take();
    assertEquals(1, tail.poll(collected));
    assertEquals(List.of("0:100"), collected.take());
  }

  @Test
  void aMessageWithoutAValueIsNotARow() {
    partition(FIRST, 0, 1);
    TopicTail tail = open(Tails.EVERYTHING);
    consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, null));
    assertEquals(0, tail.poll(collected));
    assertEquals(1, consumer.position(FIRST));
  }

  @Test
  void aTopicThatAppearsLaterIsReadFromItsBeginning() {
    TopicTail tail = open(5);
    assertEquals(0, tail.poll(collected));
    assertEquals("there is no topic raw", tail.missing());
    partition(FIRST, 0, 100);
    nanos += Duration.ofSeconds(1).toNanos();
    tail.poll(collected);
    messages(FIRST, 0, 100);
    assertEquals(100, tail.poll(collected));
    assertEquals("", tail.missing());
  }

  @Test
  void aPartitionThatIsAddedIsFoundAndTheOthersContinue() {
    partition(FIRST, 0, 10);
    TopicTail tail = open(5);
    messages(FIRST, 5, 10);
    tail.poll(collected);
    partition(SECOND, 0, 1);
    nanos += Duration.ofSeconds(6).toNanos();
    tail.poll(collected);
    messages(SECOND, 0, 1);
    messages(FIRST, 10, 11);
    collected.take();
    assertEquals(2, tail.poll(collected));
  }

  @Test
  void anErrorOfTheBrokerIsReportedAndReadingContinues() {
    partition(FIRST, 0, 10);
    TopicTail tail = open(20);
    consumer.setPollException(new KafkaException("no"));
    assertEquals(0, tail.poll(collected));
    assertEquals("can't read topic raw: no", tail.missing());
    messages(FIRST, 0, 3);
    nanos += Duration.ofSeconds(3).toNanos();
    assertEquals(3, tail.poll(collected));
    assertEquals("", tail.missing());
  }

  @Test
  void aPartitionThatWasRecreatedIsReadFromItsBeginning() {
    partition(FIRST, 0, 100);
    TopicTail tail = open(5);
    messages(FIRST, 95, 100);
    assertEquals(5, tail.poll(collected));
    consumer.updateEndOffsets(Map.of(FIRST, 2L));
    nanos += Duration.ofSeconds(3).toNanos();
    tail.poll(collected);
    assertEquals(0, consumer.position(FIRST));
  }

  @Test
  void aTopicThatIsDeletedIsReportedAndReadFromItsBeginningWhenItIsBack() {
    partition(FIRST, 0, 10);
    TopicTail tail = open(5);
    consumer.updatePartitions(TOPIC, List.of());
    nanos += Duration.ofSeconds(3).toNanos();
    tail.poll(collected);
    assertEquals("there is no topic raw", tail.missing());
    partition(FIRST, 0, 3);
    nanos += Duration.ofSeconds(3).toNanos();
    tail.poll(collected);
    assertEquals("", tail.missing());
    assertEquals(0, consumer.position(FIRST));
  }

  private TopicTail open(long last) {
    return TopicTail.open(consumer, TOPIC, last, () -> nanos);
  }

  private void partition(TopicPartition partition, long beginning, long end) {
    var infos = new ArrayList<PartitionInfo>();
    for (int i = 0; i <= partition.partition(); i++) {
      infos.add(new PartitionInfo(TOPIC, i, Node.noNode(), new Node[0], new Node[0]));
    }
    consumer.updatePartitions(TOPIC, infos);
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
