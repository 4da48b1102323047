package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.kafka.Topics;
import coarsen.records.EventTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * Makes synthetic readings and sends them to a topic: message i to partition i modulo the number of
 * partitions. The records' Kafka timestamps are the time when they are made, also where event times
 * are in the past: a broker deletes records by their Kafka timestamps.
 */
public final class Generator implements AutoCloseable {
  private final GeneratorSettings settings;
  private final Consumer<String> say;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong made = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A generator that has not begun.
   *
   * @param say takes a line if {@link #run} makes the topic, or finds it with other partitions
   */
  public Generator(GeneratorSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.say = say;
  }

  /**
   * Makes readings until the count is reached, {@link #close} is called or the thread is
   * interrupted, then waits until the broker has acknowledged them. Call it once.
   *
   * @return what was made
   * @throws CommandException if there is no broker, or it took a message and did not keep it
   */
  public Ledger run() {
    try (var topics = new Topics(settings.kafka())) {
      int partitions = topics.ensure(settings.topic(), settings.partitions(), say);
      if (partitions != settings.partitions()) {
        say.accept(
            "topic %s is there and has %d partitions, not %d"
                .formatted(settings.topic(), partitions, settings.partitions()));
      }
      return send(partitions);
    }
  }

  /** Messages made so far; from any thread. */
  public long made() {
    return made.get();
  }

  /** Asks {@link #run} to end, and does not wait for it; from any thread, any number of times. */
  @Override
  public void close() {
    stop.countDown();
  }

  private Ledger send(int partitions) {
    var tally = new Tally(partitions, made);
    long begin = System.nanoTime();
    boolean interrupted = false;
    try (var producer =
        settings
            .kafka()
            .producer(
                Map.of(
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    64L << 20,
                    // A full buffer waits for a broker that is away as long as a sent message does.
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    120_000L))) {
      try {
        produce(producer, partitions, tally, begin);
      } catch (InterruptedException | InterruptException e) {
        // The flag would make the flush give up; it is set again below.
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
          "a message to topic " + settings.topic() + " failed: " + first.getMessage(), first);
    }
    return tally.ledger(Duration.ofNanos(System.nanoTime() - begin));
  }

  private void produce(Producer<byte[], byte[]> producer, int partitions, Tally tally, long begin)
      throws InterruptedException {
    var readings =
        new SyntheticReadings(
            settings.seed(), settings.faults(), settings.eventTimes(), partitions);
    var pace = new Pace(settings.perSecond());
    Clock clock = Clock.systemUTC();
    Callback onAcknowledged =
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        };
    long index = 0;
    while (index < settings.count() && stop.getCount() > 0 && failure.get() == null) {
      // Without a rate and with a fast broker, nothing below ever blocks and so looks.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long elapsed = System.nanoTime() - begin;
      if (index >= pace.due(elapsed)) {
        // True when close() was called; the loop's condition sees it too.
        boolean unused = stop.await(pace.sleepNanos(index, elapsed), TimeUnit.NANOSECONDS);
        continue;
      }
      Instant now = clock.instant();
      int partition = (int) (index % partitions);
      SyntheticReadings.Message message = readings.next(EventTime.ofInstant(now));
      var unused =
          producer.send(
              new ProducerRecord<>(
                  settings.topic(), partition, now.toEpochMilli(), null, message.value()),
              onAcknowledged);
      tally.add(message.kind(), partition);
      index++;
    }
  }
}
