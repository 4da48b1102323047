package coarsen.pipeline.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicSampleTest {
  private static SortedMap<Integer, Long> offsets(long... offsets) {
    var byPartition = new TreeMap<Integer, Long>();
    for (long offset : offsets) {
      byPartition.put(byPartition.size(), offset);
    }
    return byPartition;
  }

  private static List<Integer> shares(int wanted, long... lengths) {
    return List.copyOf(
        TopicSample.shares(wanted, offsets(new long[lengths.length]), offsets(lengths)).values());
  }

  @Test
  void eachPartitionGivesTheSameAndOthersWhatOneDoesNotHave() {
    assertEquals(List.of(250, 250, 250, 250), shares(1_000, 9_999, 9_999, 9_999, 9_999));
    assertEquals(List.of(10, 495, 495), shares(1_000, 10, 9_999, 9_999));
    assertEquals(List.of(0, 3, 5), shares(1_000, 0, 3, 5));
    assertEquals(List.of(0, 1), shares(1, 9, 9));
  }

  private static List<Long> read(int wanted, LongStream messages, long end) {
    var consumer = new SeekingConsumer();
    var partition = new TopicPartition("t", 0);
    messages.forEach(
        offset -> consumer.all.add(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0])));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.end = end;
    return new NewestMessages(consumer, "t")
        .read(new TreeMap<>(Map.of(0, wanted)), offsets(0), offsets(end)).get(0).stream()
            .map(ConsumerRecord::offset)
            .toList();
  }

  @Test
  void theNewestMessagesAreReadInOrder() {
    assertEquals(List.of(97L, 98L, 99L), read(3, LongStream.range(0, 120), 100));
  }

  @Test
  void messagesAreLookedForBeforeOffsetsThatHaveNone() {
    assertEquals(List.of(50L, 60L, 70L), read(3, LongStream.of(10, 50, 60, 70), 90));
    assertEquals(List.of(1L), read(3, LongStream.of(1), 90));
    assertEquals(List.of(), read(3, LongStream.of(), 90));
  }

  /** A consumer that gives records from where it was sent to, and skips offsets without one. */
  private static final class SeekingConsumer extends MockConsumer<byte[], byte[]> {
    private final List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    private long end;

    SeekingConsumer() {
      super(OffsetResetStrategy.NONE);
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      schedulePollTask(
          () -> {
            all.stream().filter(record -> record.offset() >= offset).forEach(this::addRecord);
            schedulePollTask(() -> super.seek(partition, end));
          });
    }
  }
}
