package coarsen.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
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

  /** Has of each partition its newest message alone. */
  private static final class Topic extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();

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
      newest.put(at, Records.record(partition, offset, START.toEpochMilli(), value));
    }

    private void deliver() {
      assignment().stream()
          .map(newest::get)
          .filter(record -> record.offset() == position(at(record)))
          .forEach(this::addRecord);
      schedulePollTask(this::deliver);
    }

    private static TopicPartition at(ConsumerRecord<byte[], byte[]> record) {
      return new TopicPartition(record.topic(), record.partition());
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
  private final PartitionClocks clocks =
      new PartitionClocks(
          plan.rules(), plan.source().startOffsets(), plan.source().endOffsets(), false);
  private final RemotePartitions remote =
      new RemotePartitions(plan, clocks, () -> topic, () -> now);

  private void read(int partition, int second) {
    topic.write(partition, "{\"ts\":\"2021-01-23T11:59:%02dZ\",\"value\":1}".formatted(second));
  }

  /** The watermark after a second, in seconds since 11:59. */
  private double watermark() {
    now = now.plus(Duration.ofSeconds(1));
    return (remote.watermark() - EventTime.ofInstant(START) + 60 * SECOND) / 1e6;
  }

  @Test
  void beforeAnyReadingOfTheRunThereIsNothingToFollow() {
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
  void whereNothingComesTimeGoesOn() {
    read(0, 30);
    assertEquals(28, watermark());
    assertEquals(29, watermark());
    assertEquals(30, watermark());
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

  @Test
  void theBrokerIsAskedOnceASecondAtMost() {
    read(0, 30);
    assertEquals(28, watermark());
    read(0, 40);
    now = now.plusMillis(999);
    assertTrue(remote.watermark() < EventTime.ofInstant(START) - 30 * SECOND);
  }

  @Test
  void theClocksFollowOnlyWhileThereIsNobodyToFollowInThisJvm() {
    read(0, 30);
    now = now.plusSeconds(1);
    remote.followIf(true);
    clocks.partition(1).polled(10, 10, OptionalLong.of(0));
    long nowMicros = EventTime.ofInstant(now);
    assertEquals(
        EventTime.ofInstant(START) - 32 * SECOND, clocks.advance(1, nowMicros), "30 s − 2 s");
    remote.followIf(false);
    assertTrue(topic.closed(), "a consumer that is not needed any more is closed");
  }
}
