package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.kafka.Topics;
import coarsen.records.EventTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Generates synthetic readings and sends them to a topic: message i to partition i modulo the
 * number of partitions, or, if several devices send, to the partition of its device. The records'
 * Kafka timestamps are always the current time, even when event times are in the past: a broker
 * deletes records by their Kafka timestamps.
 */
public final class Generator implements AutoCloseable {
  private final GeneratorSettings.Target target;
  private final Pace pace;
  private final GeneratorSettings.Content content;
  private final Consumer<String> notices;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong made = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A generator that has not started.
   *
   * @param notices receives a line if {@link #run} creates the topic, or if the topic has another
   *     number of partitions than the settings
   */
  public Generator(GeneratorSettings settings, Consumer<String> notices) {
    this.target = settings.target();
    this.pace = settings.pace();
    this.content = settings.content();
    this.notices = notices;
  }

  /**
   * Sends messages until the count is reached, {@link #close} is called or the thread is
   * interrupted, then waits until the broker has acknowledged them. Call it once.
   *
   * @return what was sent
   * @throws CommandException if there is no broker, or the broker did not keep a message
   */
  public Ledger run() {
    try (var topics = new Topics(target.kafka())) {
      int partitions = topics.ensure(target.topic(), target.partitions(), notices);
      if (partitions != target.partitions()) {
        notices.accept(
            String.format(
                Locale.ROOT,
                "topic %s already has %d partitions, not %d",
                target.topic(),
                partitions,
                target.partitions()));
      }
      return send(partitions);
    }
  }

  /** Messages generated so far; callable from any thread. */
  public long made() {
    return made.get();
  }

  /** Asks {@link #run} to end without waiting for it; callable from any thread, repeatedly. */
  @Override
  public void close() {
    stop.countDown();
  }

  private Ledger send(int partitions) {
    var tally = new Tally(partitions, made);
    long startNanos = System.nanoTime();
    boolean interrupted = false;
    try (var producer =
        target
            .kafka()
            .producer(
                Map.of(
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    64L << 20,
                    // With a full buffer, wait for an absent broker as long as a sent message does.
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    120_000L))) {
      try {
        produce(producer, partitions, tally, startNanos);
      } catch (InterruptedException | InterruptException e) {
        // The interrupt flag would make the flush give up; it is restored below.
        interrupted = true;
        Thread.interrupted();
      }
      if (failure.get() == null) {
        producer.flush();
      }
      if (failure.get() != null) {
        producer.close(Duration.ZERO);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Exception first = failure.get();
    if (first != null) {
      throw CommandException.failed(
          "a message to topic " + target.topic() + " failed: " + first.getMessage(), first);
    }
    return tally.ledger(Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private void produce(
      Producer<byte[], byte[]> producer, int partitions, Tally tally, long startNanos)
      throws InterruptedException {
    var readings = new SyntheticReadings(content, partitions);
    Clock clock = Clock.systemUTC();
    Callback onAcknowledged =
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        };
    long index = 0;
    while (index < pace.count() && stop.getCount() > 0 && failure.get() == null) {
      // Unthrottled and with a fast broker, nothing below blocks and so notices an interrupt.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long elapsed = System.nanoTime() - startNanos;
      if (index >= pace.due(elapsed)) {
        // True if close() was called, which the loop's condition checks as well.
        boolean unused = stop.await(pace.sleepNanos(index, elapsed), TimeUnit.NANOSECONDS);
        continue;
      }
      Instant now = clock.instant();
      SyntheticReadings.Message message = readings.next(EventTime.ofInstant(now));
      var unused =
          producer.send(
              new ProducerRecord<>(
                  target.topic(),
                  message.partition(),
                  now.toEpochMilli(),
                  message.key(),
                  message.value()),
              onAcknowledged);
      tally.add(message.kind(), message.partition());
      index++;
    }
  }
}
