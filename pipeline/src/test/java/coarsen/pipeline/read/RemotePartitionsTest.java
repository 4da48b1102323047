package coarsen.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A topic of three partitions whose first 10 messages are not of this run. */
class RemotePartitionsTest {
  private static final Instant START = Instant.parse("2021-01-23T12:00:00Z");
  private static final long SECOND = 1_000_000;
  private static final int MAX_POLL = 500;

  /** Messages, and maybe control records behind them. */
  private static final class Topic extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> written =
        new HashMap<>();
    private boolean answers = true;
    private int polls;

    Topic() {
      super(OffsetResetStrategy.EARLIEST);
      for (int partition = 0; partition < 3; partition++) {
        ends.put(new TopicPartition("readings", partition), 10L);
      }
      updateEndOffsets(ends);
      schedulePollTask(this::deliver);
    }

    void write(int partition, String value) {
      var at = new TopicPartition("readings", partition);
      long offset = ends.merge(at, 1L, Long::sum) - 1;
      updateEndOffsets(ends);
      written
          .computeIfAbsent(at, key -> new ArrayList<>())
          .add(Records.record(partition, offset, START.toEpochMilli(), value));
    }

    /** As transactions and compaction do: offsets without a message. */
    void skip(int partition, long offsets) {
      ends.merge(new TopicPartition("readings", partition), offsets, Long::sum);
      updateEndOffsets(ends);
    }

    private void deliver() {
      for (TopicPartition partition : assignment()) {
        long position = position(partition);
        List<ConsumerRecord<byte[], byte[]>> records =
            written.getOrDefault(partition, List.of()).stream()
                .filter(record -> record.offset() >= position)
                .limit(MAX_POLL)
                .toList();
        if (!records.isEmpty()) {
          seek(partition, records.get(0).offset());
          records.forEach(this::addRecord);
        } else if (answers) {
          seek(partition, ends.get(partition));
        }
      }
      polls++;
      schedulePollTask(this::deliver);
    }
  }

  private final Topic topic = new Topic();
  private Instant now = START;
  private final ReadPlan plan =
      new ReadPlan(
          "remote-partitions",
          new SourceTopic(
              new KafkaClients("127.0.0.1:1"),
              "readings",
              new TreeMap<>(Map.of(0, 10L, 1, 10L, 2, 10L)),
              new TreeMap<>()),
          JsonFormat.DEFAULT,
          EventTimeRules.DEFAULT,
          1,
          PartitionGrouping.APART);
  private long nanos;
  private final RemotePartitions remote =
      new RemotePartitions(plan, () -> topic, () -> now, () -> nanos);

  private void read(int partition, int second) {
    topic.write(partition, "{\"ts\":\"2021-01-23T11:59:%02dZ\",\"value\":1}".formatted(second));
  }

  /** The watermark after a second, in seconds since 11:59. */
  private double watermark() {
    now = now.plus(Duration.ofSeconds(1));
    nanos += 1_000_000_000;
    remote.look(Map.copyOf(topic.ends), nanos);
    return (remote.watermark() - EventTime.ofInstant(START) + 60 * SECOND) / 1e6;
  }

  @Test
  void beforeAnyReadingOfTheRunThereIsNothingToFollow() {
    remote.look(Map.copyOf(topic.ends), nanos);
    assertEquals(PartitionClock.NEVER, remote.watermark());
  }

  @Test
  void thePartitionThatIsFarthestBackIsFollowed() {
    read(0, 30);
    read(1, 10);
    assertEquals(10 - 2, watermark());
    read(0, 40);
    read(1, 35);
    assertEquals(35 - 2, watermark());
  }

  @Test
  void whereNothingComesTimeContinuesToTheEndOfTheLastWindow() {
    read(0, 31);
    assertEquals(29, watermark());
    assertEquals(30, watermark());
    for (int second = 0; second < 10; second++) {
      watermark();
    }
    assertEquals(35, watermark());
  }

  @Test
  void whileATransactionIsOpenItsPartitionIsNotIdle() {
    read(0, 30);
    Map<TopicPartition, Long> withUncommitted = new HashMap<>(topic.ends);
    withUncommitted.merge(new TopicPartition("readings", 0), 5L, Long::sum);
    for (int second = 0; second < 40; second++) {
      now = now.plusSeconds(1);
      nanos += 1_000_000_000;
      remote.look(withUncommitted, nanos);
      assertEquals(EventTime.ofInstant(START) - (30 + 2) * SECOND, remote.watermark());
    }
    read(0, 32);
    assertEquals(30, watermark());
  }

  @Test
  void aPartitionThatIsIdleForTooLongIsNotFollowed() {
    read(0, 10);
    watermark();
    for (int second = 11; second < 40; second++) {
      read(1, second);
      assertTrue(watermark() <= 15);
    }
    read(1, 50);
    watermark();
    watermark();
    assertEquals(49, watermark(), "the clock of partition 1");
  }

  @Test
  void whereTheLastOffsetsHaveNoMessageItLooksFartherBack() {
    read(0, 30);
    topic.skip(0, 1);
    read(1, 20);
    topic.skip(1, 100);
    topic.skip(2, 1);
    for (int look = 0; look < 20; look++) {
      watermark();
    }
    assertEquals(25, watermark(), "partition 1 has been found and is the farthest back");
    int polls = topic.polls;
    watermark();
    assertEquals(polls, topic.polls, "what was found is not looked for again");
  }

  @Test
  void whereTheLastMessagesAreNotReadingsItLooksFartherBack() {
    read(0, 30);
    read(0, 40);
    for (int i = 0; i < 100; i++) {
      topic.write(0, "nonsense");
    }
    for (int look = 0; look < 20; look++) {
      watermark();
    }
    assertEquals(45, watermark());
    int polls = topic.polls;
    watermark();
    assertEquals(polls, topic.polls, "what was found is not looked for again");
  }

  @Test
  void whereTooManyMessagesAreNotReadingsItGivesUp() {
    read(0, 30);
    for (int i = 0; i < 10_000; i++) {
      topic.write(0, "nonsense");
    }
    for (int look = 0; look < 20; look++) {
      remote.look(Map.copyOf(topic.ends), nanos);
    }
    assertEquals(PartitionClock.NEVER, remote.watermark());
    int polls = topic.polls;
    remote.look(Map.copyOf(topic.ends), nanos);
    assertEquals(polls, topic.polls);
  }

  @Test
  void whatIsNotFetchedInTimeIsLookedForAgain() {
    topic.answers = false;
    topic.skip(0, 1);
    watermark();
    assertEquals(5, topic.polls);
    read(0, 30);
    assertEquals(28, watermark());
  }

  @Test
  void aBrokerWhoseClockIsAheadDoesNotLiftTheWatermarkPastNow() {
    now = START.minusSeconds(21);
    read(0, 59);
    assertEquals(40 - 2, watermark());
  }

  @Test
  void rejectsAndReadingsFromTheFutureAreNotFollowed() {
    read(0, 30);
    topic.write(1, "nonsense");
    topic.write(2, "{\"ts\":\"2031-01-23T12:00:00Z\",\"value\":1}");
    assertEquals(28, watermark());
  }
}
