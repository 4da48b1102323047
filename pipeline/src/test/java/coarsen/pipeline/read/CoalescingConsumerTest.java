package coarsen.pipeline.read;

import static coarsen.pipeline.read.Records.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.MissedOffsets;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.Judge;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic of two partitions; batches of three. */
class CoalescingConsumerTest {
  private static final TopicPartition P0 = new TopicPartition("readings", 0);
  private static final TopicPartition P1 = new TopicPartition("readings", 1);
  private static final String READING = "{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":1}";
  private static final long NOW_MICROS =
      Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000;

  private boolean arePositionsUnknown;
  private final MockConsumer<byte[], byte[]> kafka =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public synchronized long position(TopicPartition partition) {
          if (arePositionsUnknown) {
            throw new TimeoutException("the broker is away");
          }
          return super.position(partition);
        }
      };
  private final MockConsumer<byte[], byte[]> more =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST);
  private volatile int moreMade;
  private ReadPlan plan;
  private Consumer<byte[], byte[]> consumer;

  private void open(Map<Integer, Long> starts, Map<Integer, Long> ends) {
    SortedMap<Integer, Long> startOffsets = new TreeMap<>(starts);
    plan =
        new ReadPlan(
            UUID.randomUUID().toString(),
            new SourceTopic(
                new KafkaClients("127.0.0.1:1"), "readings", startOffsets, new TreeMap<>(ends)),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT,
            3,
            PartitionGrouping.TOGETHER);
    Map<TopicPartition, Long> ofKafka = Map.of(P0, 10L, P1, 10L);
    kafka.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    kafka.updateEndOffsets(ofKafka);
    more.updateEndOffsets(ofKafka);
    consumer =
        CoalescingConsumer.wrap(
            plan,
            kafka,
            settings -> {
              moreMade = 1;
              return more;
            });
    consumer.assign(startOffsets.keySet().stream().map(plan.source()::partition).toList());
  }

  @AfterEach
  void end() {
    RunScope.end(plan.jobId());
  }

  private void write(TopicPartition partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      kafka.addRecord(record(partition.partition(), offset, 0, READING));
    }
  }

  @SuppressWarnings("deprecation") // The method that Beam calls.
  private List<String> poll() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(1_000L);
    List<String> frames = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> frame : polled) {
      BatchFrame opened = BatchFrame.open(frame.value());
      frames.add(frame.partition() + ":" + frame.offset() + " of " + opened.count());
    }
    return frames.stream().sorted().toList();
  }

  private PartitionClocks clocks() {
    return plan.clocks();
  }

  private void readTo(int partition, long offset) {
    PartitionClock clock = clocks().partition(partition);
    Judge judge = clock.judge();
    judge.isLate(NOW_MICROS - 100_000_000, NOW_MICROS);
    clock.readTo(offset, judge);
  }

  @Test
  void recordsArePassedOnInRunsOfEachPartition() {
    open(Map.of(0, 0L, 1, 0L), Map.of());
    write(P0, 0, 7);
    write(P1, 0, 1);
    assertEquals(List.of("0:2 of 3", "0:5 of 3", "0:6 of 1", "1:0 of 1"), poll());
    assertEquals(List.of(), poll());
    write(P0, 7, 8);
    assertEquals(List.of("0:7 of 1"), poll());
    assertEquals(8, consumer.position(P0), "KafkaIO continues behind the last record");
  }

  @Test
  void partitionsBeginWhereTheRunDoesUnlessKafkaIoSeeksElsewhere() {
    open(Map.of(0, 4L, 1, 2L), Map.of());
    assertEquals(4, consumer.position(P0));
    consumer.seek(P1, 6);
    write(P0, 4, 5);
    write(P1, 6, 7);
    assertEquals(List.of("0:4 of 1", "1:6 of 1"), poll());
  }

  @Test
  void readingStopsBeforeTheEndOffset() {
    open(Map.of(0, 0L, 1, 0L), Map.of(0, 2L, 1, 0L));
    write(P0, 0, 5);
    write(P1, 0, 5);
    assertEquals(List.of("0:1 of 2"), poll());
    assertEquals(Set.of(P0, P1), kafka.paused());
    readTo(0, 2);
    assertEquals(PartitionClock.FINISHED, clocks().advance(0, NOW_MICROS));
  }

  @Test
  void theEndIsReachedByPositionWhereControlRecordsAreBehindTheLastRecord() {
    open(Map.of(0, 0L), Map.of(0, 4L));
    write(P0, 0, 2);
    assertEquals(List.of("0:1 of 2"), poll());
    readTo(0, 2);
    assertTrue(clocks().advance(0, NOW_MICROS) < PartitionClock.FINISHED);
    kafka.seek(P0, 4); // As a consumer does by itself beyond control records.
    poll();
    assertEquals(PartitionClock.FINISHED, clocks().advance(0, NOW_MICROS));
  }

  @Test
  void offsetsThatExpiredAreCountedAndReadingContinuesBehindThem() {
    open(Map.of(0, 4L), Map.of());
    kafka.updateBeginningOffsets(Map.of(P0, 9L));
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 4L)));
    assertEquals(List.of(), poll());
    assertEquals(5, MissedOffsets.in(RunScope.of(plan.jobId())).take());
    write(P0, 9, 10);
    assertEquals(List.of("0:9 of 1"), poll());
    assertEquals(0, MissedOffsets.in(RunScope.of(plan.jobId())).take());
  }

  @Test
  void aBoundedRunEndsWhenAllThatIsLeftOfItsPartExpired() {
    open(Map.of(0, 4L), Map.of(0, 8L));
    kafka.updateBeginningOffsets(Map.of(P0, 10L));
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 4L)));
    poll();
    poll();
    assertEquals(PartitionClock.FINISHED, clocks().advance(0, NOW_MICROS));
    assertEquals(
        4, MissedOffsets.in(RunScope.of(plan.jobId())).take(), "it would not have read 8 and 9");
    end();

    open(Map.of(0, 8L), Map.of(0, 8L));
    kafka.updateBeginningOffsets(Map.of(P0, 10L));
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 8L)));
    poll();
    assertEquals(0, MissedOffsets.in(RunScope.of(plan.jobId())).take());
  }

  @Test
  void whereTheBrokerDoesNotSayWhichOffsetsThereAreTheNextPollAsksAgain() {
    open(Map.of(0, 4L), Map.of());
    kafka.updateBeginningOffsets(Map.of(P0, 9L));
    write(P0, 9, 10);
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 4L)));
    kafka.setOffsetsException(new TimeoutException("the broker is away"));
    assertEquals(List.of(), poll());
    assertEquals(0, MissedOffsets.in(RunScope.of(plan.jobId())).take());
    assertEquals(List.of(), poll(), "it is still out of range");
    assertEquals(5, MissedOffsets.in(RunScope.of(plan.jobId())).take());
    assertEquals(List.of("0:9 of 1"), poll());
  }

  @Test
  void nothingIsPolledBeforeItIsKnownWhereAPartitionBegins() {
    open(Map.of(0, 2L), Map.of());
    write(P0, 2, 4);
    arePositionsUnknown = true;
    assertEquals(List.of(), poll());
    arePositionsUnknown = false;
    assertEquals(List.of("0:3 of 2"), poll());
  }

  @Test
  void whereThePositionIsNotKnownAfterAPollTheClockKnowsWhatWasDelivered() {
    open(Map.of(0, 0L), Map.of(0, 2L));
    poll();
    write(P0, 0, 4);
    kafka.schedulePollTask(() -> arePositionsUnknown = true);
    assertEquals(List.of("0:1 of 2"), poll());
    PartitionClock clock = clocks().partition(0);
    clock.answered(4, System.nanoTime());
    assertFalse(clock.mayFollow(), "delivered, but not read");
    arePositionsUnknown = false;
    poll();
    readTo(0, 2);
    assertEquals(PartitionClock.FINISHED, clocks().advance(0, NOW_MICROS));
  }

  @Test
  void aLogThatWasCutEndsABoundedRunThereAndFailsAnother() {
    open(Map.of(0, 12L), Map.of(0, 20L));
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 12L)));
    poll();
    assertEquals(PartitionClock.FINISHED, clocks().advance(0, NOW_MICROS), "it ends at 10 now");
    end();

    open(Map.of(0, 12L), Map.of());
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(P0, 12L)));
    var failure = assertThrows(CommandException.class, this::poll);
    assertTrue(
        failure.getMessage().startsWith("readings-0 ends at offset 10, but was read up to 12"),
        failure.getMessage());
  }

  @Test
  void aRunThatIsStoppedReadsNoMore() {
    open(Map.of(0, 0L), Map.of());
    write(P0, 0, 1);
    Drain.in(RunScope.of(plan.jobId())).request();
    assertEquals(List.of(), poll());
  }

  @Test
  void whatIsDeliveredAndNotReadIsKnownToTheClock() {
    open(Map.of(0, 0L), Map.of());
    write(P0, 0, 2);
    poll();
    PartitionClock clock = clocks().partition(0);
    clock.answered(2, System.nanoTime());
    assertFalse(clock.mayFollow(), "delivered, but not read");
    clock.readTo(2, clock.judge());
    clock.answered(2, System.nanoTime());
    assertTrue(clock.mayFollow(), "it is empty but for rejects");
  }

  @Test
  void theBrokerIsAskedForTheEndsOfThePartitionsThatArePolled() {
    open(Map.of(0, 10L, 1, 10L), Map.of());
    consumer.assign(List.of(P1));
    PartitionClock clock = clocks().partition(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (!clock.mayFollow()) {
            poll();
          }
        });
  }

  @Test
  void aCloseClosesTheConsumerAndTheEndOfTheRunTheOneThatAsks() {
    open(Map.of(0, 0L), Map.of());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (moreMade == 0) {
            poll();
          }
          consumer.close();
          assertTrue(kafka.closed());
          RunScope.end(plan.jobId());
          while (!more.closed()) {
            Thread.onSpinWait();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      classes = {OutOfMemoryError.class, NoClassDefFoundError.class, StackOverflowError.class})
  void anErrorIsAnExceptionForKafkaIoWhosePollThreadWouldEndInSilence(Class<? extends Error> kind)
      throws Exception {
    open(Map.of(0, 0L), Map.of());
    Error error = kind.getConstructor(String.class).newInstance("no more");
    kafka.schedulePollTask(
        () -> {
          throw error;
        });
    var failure = assertThrows(KafkaException.class, this::poll);
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertSame(error, cause);
  }

  @Test
  void allOtherMethodsAreThoseOfTheWrappedConsumer() {
    open(Map.of(0, 0L), Map.of());
    assertEquals(Set.of(P0), consumer.assignment());
    consumer.pause(Set.of(P0));
    assertEquals(Set.of(P0), kafka.paused());
    consumer.resume(Set.of(P0));
    var failure = new KafkaException("the broker said no");
    kafka.setPollException(failure);
    assertSame(
        failure,
        assertThrows(KafkaException.class, () -> consumer.poll(Duration.ofMillis(1))),
        "as it was thrown");
  }
}
