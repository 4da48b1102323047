package coarsen.pipeline.read;

import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.MissedOffsets;
import coarsen.pipeline.scope.RunScope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that KafkaIO gets. It passes on what a poll returned as few records, each of which
 * frames many, because Beam charges by the element. KafkaIO checkpoints, seeks and measures its
 * backlog as before, since only offsets matter to it. Its public methods replace those of the
 * consumer that it wraps.
 */
final class CoalescingConsumer {
  /** KafkaIO polls for a second; with shorter polls the clocks learn sooner that nothing waits. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  /** How long a poll takes that reads nothing because the run is stopped. */
  private static final Duration STOPPED_POLL = Duration.ofMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger(CoalescingConsumer.class);

  private final Consumer<byte[], byte[]> consumer;
  private final SortedMap<Integer, Long> startOffsets;
  private final RunScope.Lease lease;
  private final Drain drain;
  private final Coalescer coalescer;
  private final EndOffsets ends;
  private final ClockFeeder feeder;
  private final OffsetGuard guard;

  private CoalescingConsumer(
      ReadPlan plan,
      RunScope.Lease lease,
      Consumer<byte[], byte[]> consumer,
      EndOffsetWatch watch) {
    this.consumer = consumer;
    this.lease = lease;
    drain = Drain.in(lease.scope());
    startOffsets = plan.source().startOffsets();
    coalescer =
        new Coalescer(plan.maxBatch(), Coalescer.MAX_BYTES, plan.format().readsKeyAndHeaders());
    ends = new EndOffsets(plan.source().endOffsets());
    feeder = new ClockFeeder(plan.clocks(lease.scope()), watch, consumer);
    guard =
        new OffsetGuard(
            consumer, ends, plan.clocks(lease.scope()), MissedOffsets.in(lease.scope()));
  }

  /**
   * Wraps a consumer.
   *
   * @param consumer closed with the wrapping one
   * @param moreConsumers makes those that ask where partitions end, which differ from the wrapped
   *     one by the given settings
   */
  static Consumer<byte[], byte[]> wrap(
      ReadPlan plan,
      Consumer<byte[], byte[]> consumer,
      Function<Map<String, Object>, Consumer<byte[], byte[]>> moreConsumers) {
    RunScope.Lease lease = RunScope.lease(plan.jobId());
    EndOffsetWatch watch = EndOffsetWatch.in(lease.scope(), plan, moreConsumers);
    return ConsumerProxy.of(consumer, new CoalescingConsumer(plan, lease, consumer, watch));
  }

  /** Partitions begin where the run does; KafkaIO seeks elsewhere when it has a checkpoint. */
  public void assign(Collection<TopicPartition> partitions) {
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long start = startOffsets.get(partition.partition());
      if (start != null) {
        consumer.seek(partition, start);
      }
    }
  }

  /** Polls once, for a short while. */
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!feeder.beforePoll()) {
      return ConsumerRecords.empty();
    }
    if (drain.isRequested()) {
      LockSupport.parkNanos(STOPPED_POLL.toNanos());
      return ConsumerRecords.empty();
    }
    Duration shorter = timeout.compareTo(LONGEST_POLL) < 0 ? timeout : LONGEST_POLL;
    ConsumerRecords<byte[], byte[]> polled = coalesce(guard.poll(shorter));
    feeder.afterPoll();
    return polled;
  }

  /** Beam calls this one, which Kafka deprecated. */
  public ConsumerRecords<byte[], byte[]> poll(long timeoutMillis) {
    return poll(Duration.ofMillis(timeoutMillis));
  }

  /**
   * At once: there is no group to leave and nothing to commit, and the direct runner waits for this
   * every few seconds. A close that fails has lost nothing, so it must not fail the pipeline.
   */
  public void close() {
    try {
      consumer.close(Duration.ZERO);
    } catch (KafkaException e) {
      LOG.debug("a consumer did not close cleanly", e);
    } finally {
      lease.close();
    }
  }

  private ConsumerRecords<byte[], byte[]> coalesce(ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> frames = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = ends.cut(partition, polled.records(partition));
      ends.pauseIfReached(partition, consumer);
      if (!records.isEmpty()) {
        frames.put(partition, coalescer.coalesce(records));
        feeder.delivered(partition, records.get(records.size() - 1).offset());
      }
    }
    return new ConsumerRecords<>(frames);
  }
}
