package coarsen.pipeline.read;

import coarsen.command.DaemonThreads;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.scope.WatchFailures;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.pipeline.time.WaitLog;
import coarsen.records.EventTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker a few times a second where the partitions end that this JVM reads, and tells
 * their clocks. There is one in each run and JVM, with a thread and consumers of its own, so no
 * poll waits for it and it fails no run: without an answer no partition counts as idle.
 *
 * <p>Records that are not committed yet wait, too, although no reader can have them: what their
 * transaction holds must not be late because others went ahead. So a partition with an open
 * transaction is not idle.
 *
 * <p>A consumer knows a lag, too, but not how old it is: it keeps the last one while the broker is
 * away or the process is suspended, and an answer to a fetch may have been on its way for as long.
 */
final class EndOffsetWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsetWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);

  /** Readers poll all the time, or have records at hand, and are not idle then. */
  private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ReadPlan plan;
  private final PartitionClocks clocks;
  private final Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers;
  private final InstantSource now;
  private final LongSupplier nanoTime;
  private final RemotePartitions remotePartitions;
  private final WaitLog waitLog;
  private final WatchFailures failures;
  private final Map<TopicPartition, Long> polledAt = new ConcurrentHashMap<>();
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;
  private @Nullable Thread thread;

  EndOffsetWatch(
      ReadPlan plan,
      PartitionClocks clocks,
      Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
      InstantSource now,
      LongSupplier nanoTime,
      WatchFailures failures) {
    this.plan = plan;
    this.clocks = clocks;
    this.consumers = consumers;
    this.now = now;
    this.nanoTime = nanoTime;
    this.failures = failures;
    remotePartitions = new RemotePartitions(plan, () -> consumers.apply(Map.of()), now, nanoTime);
    waitLog = new WaitLog(clocks, plan.rules(), LOG::warn);
  }

  /**
   * The watch of a run in this JVM, which goes on until the scope is closed.
   *
   * @param consumers makes consumers like the readers' own but for the given settings
   */
  static EndOffsetWatch in(
      RunScope scope,
      ReadPlan plan,
      Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers) {
    PartitionClocks clocks = plan.clocks(scope);
    EndOffsetWatch watch =
        scope.part(
            EndOffsetWatch.class,
            () ->
                new EndOffsetWatch(
                    plan,
                    clocks,
                    consumers,
                    InstantSource.system(),
                    System::nanoTime,
                    new WatchFailures(
                        "ask where the partitions end", RunFailure.in(scope), LOG::warn)));
    watch.start(scope);
    return watch;
  }

  private synchronized void start(RunScope scope) {
    if (thread == null && !closed) {
      thread = DaemonThreads.named("coarsen-end-offsets").newThread(() -> run(scope));
      thread.start();
    }
  }

  private void run(RunScope scope) {
    while (!closed && !scope.hasEnded()) {
      look();
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        break;
      }
    }
    closeConsumer();
  }

  /** A reader polled these partitions. */
  void polled(Collection<TopicPartition> partitions) {
    long nanos = nanoTime.getAsLong();
    partitions.forEach(partition -> polledAt.put(partition, nanos));
  }

  /** Asks once. */
  void look() {
    long askedAt = nanoTime.getAsLong();
    polledAt.values().removeIf(at -> askedAt - at > FORGOTTEN_NANOS);
    Set<TopicPartition> own = Set.copyOf(polledAt.keySet());
    if (own.isEmpty()) {
      return;
    }
    survive(() -> ask(own, askedAt));
    survive(() -> waitLog.look(EventTime.ofInstant(now.instant()), nanoTime.getAsLong()));
  }

  private void ask(Set<TopicPartition> own, long askedAt) {
    boolean needsRemote = clocks.needsRemoteWatermark();
    Set<TopicPartition> asked = needsRemote ? all() : own;
    Consumer<byte[], byte[]> open = openConsumer();
    Map<TopicPartition, Long> ends = open.endOffsets(asked, LONGEST_QUESTION);
    for (TopicPartition partition : own) {
      Long end = ends.get(partition);
      if (end != null) {
        clocks.partition(partition.partition()).answered(end, askedAt);
      }
    }
    if (needsRemote) {
      remotePartitions.look(ends, askedAt);
      clocks.remoteWatermark(remotePartitions.watermark());
    } else {
      clocks.remoteWatermark(PartitionClock.NEVER);
    }
  }

  /** Were this thread to end, no partition would ever be idle again. */
  private void survive(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      if (closed || e instanceof RetriableException || e instanceof InterruptException) {
        // The next question may be answered; the broker's absence is the readers' to report.
        LOG.debug("the ends of the partitions are not known", e);
      } else {
        failures.report(e);
      }
    }
  }

  private Set<TopicPartition> all() {
    return plan.source().startOffsets().keySet().stream()
        .map(plan.source()::partition)
        .collect(Collectors.toSet());
  }

  private Consumer<byte[], byte[]> openConsumer() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open = consumers.apply(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"));
      consumer = open;
    }
    return open;
  }

  /** Ends the thread, which closes the consumers; does not wait for it. */
  @Override
  public synchronized void close() {
    closed = true;
    Consumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    if (thread == null) {
      closeConsumer();
    } else {
      thread.interrupt();
    }
  }

  private void closeConsumer() {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    try (remotePartitions) {
      if (open != null) {
        open.close(Duration.ZERO);
      }
    } catch (KafkaException e) {
      LOG.debug("a consumer did not close cleanly", e);
    }
  }
}
