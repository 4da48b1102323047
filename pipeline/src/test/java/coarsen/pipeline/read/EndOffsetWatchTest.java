package coarsen.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.scope.WatchFailures;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.Judge;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A topic of one partition, to which a producer writes a reading a second, in order, and a broker
 * that may be away. Time is injected.
 */
class EndOffsetWatchTest {
  private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ReadPlan plan =
      new ReadPlan(
          "end-offset-watch",
          new SourceTopic(
              new KafkaClients("127.0.0.1:1"),
              "readings",
              new TreeMap<>(Map.of(0, 0L)),
              new TreeMap<>()),
          JsonFormat.DEFAULT,
          EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofMillis(1)),
          1,
          PartitionGrouping.TOGETHER);
  private long second;
  private Duration step = Duration.ZERO;
  private boolean isAway;
  private final Queue<Throwable> thrown = new ArrayDeque<>();
  private final List<String> warned = new ArrayList<>();
  private final RunFailure failure = new RunFailure();
  private long end;
  private long read;
  private int late;

  private final PartitionClocks clocks =
      new PartitionClocks(
          plan.rules(), plan.source().startOffsets(), new TreeMap<>(), false, this::nanos);
  private final MockConsumer<byte[], byte[]> broker =
      new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
          if (!thrown.isEmpty()) {
            throwIt(thrown.remove());
          }
          if (isAway) {
            throw new TimeoutException("away");
          }
          return Map.of(PARTITION, end);
        }
      };
  private final EndOffsetWatch watch =
      new EndOffsetWatch(
          plan,
          clocks,
          settings -> broker,
          () -> now(),
          this::nanos,
          new WatchFailures("ask", failure, warned::add));

  private static void throwIt(Throwable throwable) {
    if (throwable instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) throwable;
  }

  private long nanos() {
    return TimeUnit.SECONDS.toNanos(second);
  }

  private Instant now() {
    return START.plusSeconds(second).plus(step);
  }

  private static long micros(long second) {
    return EventTime.ofInstant(START.plusSeconds(second));
  }

  private void pass(long seconds, boolean isWritten) {
    for (long until = second + seconds; second < until; ) {
      second++;
      if (isWritten) {
        end++;
        sent = second;
      }
      if (!isAway) {
        poll();
      }
      watch.polled(List.of(PARTITION));
      watch.look();
      clocks.advance(0, EventTime.ofInstant(now()));
    }
  }

  private long sent;

  /** Reads what waits; readings are of the seconds in which they were sent. */
  private void poll() {
    PartitionClock clock = clocks.partition(0);
    clock.polled(end, end);
    Judge judge = clock.judge();
    for (; read < end; read++) {
      long ts = micros(sent - (end - 1 - read));
      late += judge.isLate(ts, ts) ? 1 : 0;
    }
    clock.readTo(end, judge);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 100, 900, 3_600})
  void whileTheBrokerIsAwayNothingThatIsWrittenBecomesLate(int seconds) {
    pass(20, true);
    isAway = true;
    pass(seconds, true);
    isAway = false;
    pass(20, true);
    assertEquals(seconds + 40, read);
    assertEquals(0, late);
    assertEquals(micros(second - 2), clocks.advance(0, micros(second)));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 3_600})
  void whileTheProcessIsSuspendedNothingThatIsWrittenBecomesLate(int seconds) {
    pass(20, true);
    second += seconds;
    end += seconds;
    sent = second;
    // The engine asks before the broker does, and an answer from before the pause is still around.
    clocks.partition(0).answered(read, nanos() - TimeUnit.SECONDS.toNanos(seconds));
    clocks.advance(0, EventTime.ofInstant(now()));
    pass(20, true);
    assertEquals(seconds + 40, read);
    assertEquals(0, late);
  }

  @ParameterizedTest
  @ValueSource(ints = {-3_600, -30, 30, 3_600})
  void aStepOfTheWallClockMakesNothingLate(int seconds) {
    pass(20, true);
    pass(3, false);
    step = Duration.ofSeconds(seconds);
    pass(3, false);
    pass(100, true);
    step = Duration.ZERO;
    pass(3, false);
    pass(20, true);
    assertEquals(140, read);
    assertEquals(0, late);
  }

  @Test
  void withoutAPollNobodyIsAsked() {
    watch.look();
    assertFalse(clocks.partition(0).mayFollow());
    watch.polled(List.of(PARTITION));
    watch.look();
    assertTrue(clocks.partition(0).mayFollow());
    second += 6;
    watch.look();
    assertFalse(clocks.partition(0).mayFollow(), "the reader is gone or has records at hand");
  }

  @Test
  void aBrokerThatDoesNotAnswerFailsNothing() {
    isAway = true;
    pass(100, true);
    assertFalse(clocks.partition(0).mayFollow());
    assertEquals(List.of(), warned, "its absence is the readers' to report");
    watch.close();
    assertTrue(broker.closed());
  }

  @Test
  void anUnexpectedFailureIsLoggedOnceForItsKindAndTheWatchContinues() {
    for (int i = 0; i < 5; i++) {
      thrown.add(new IllegalArgumentException("number " + i));
      thrown.add(new ClassCastException());
      thrown.add(new AuthorizationException("you may not"));
    }
    pass(15, true);
    assertEquals(
        List.of(
            "could not ask: java.lang.IllegalArgumentException: number 0",
            "could not ask: java.lang.ClassCastException",
            "could not ask: org.apache.kafka.common.errors.AuthorizationException: you may not"),
        warned);
    assertEquals(Optional.empty(), failure.reason());
    pass(60, false);
    assertTrue(clocks.partition(0).mayFollow(), "it asks again");
  }

  @Test
  void anErrorIsLoggedAndEndsTheRun() {
    var error = new OutOfMemoryError("no more");
    thrown.add(error);
    pass(1, true);
    assertEquals(List.of("could not ask: java.lang.OutOfMemoryError: no more"), warned);
    assertSame(error, failure.reason().orElseThrow().getCause());
  }

  @Test
  void aWatchThatIsClosedSaysNothing() {
    watch.close();
    thrown.add(new WakeupException());
    thrown.add(new IllegalStateException("closed"));
    pass(2, true);
    assertEquals(List.of(), warned);
  }
}
