package coarsen.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorIT {
  private static final int COUNT = 200_000;
  private static final EventTimes EVENT_TIMES =
      new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 1_000);
  private static final Faults FAULTS =
      new Faults(Duration.ofSeconds(8), 0.05, 0.02, Duration.ofHours(1), 0.02, 0);
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.startTemporary(0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void theTopicContainsWhatTheLedgerCounts() {
    long begin = System.currentTimeMillis();
    Ledger ledger = new Generator(settings("exact", 4, COUNT, FAULTS), line -> {}).run();
    assertEquals(COUNT, ledger.made());
    assertEquals(List.of(50_000L, 50_000L, 50_000L, 50_000L), ledger.perPartition());
    assertEquals(COUNT, ledger.kinds().values().stream().mapToLong(Long::longValue).sum());

    // The seed determines the sequence: message i is at offset i / 4 of partition i % 4.
    List<List<ConsumerRecord<byte[], byte[]>>> actual = read("exact", 4, COUNT);
    var expected = new SyntheticReadings(new GeneratorSettings.Content(EVENT_TIMES, FAULTS, 7), 4);
    for (int i = 0; i < COUNT; i++) {
      ConsumerRecord<byte[], byte[]> record = actual.get(i % 4).get(i / 4);
      assertArrayEquals(expected.next(0).value(), record.value());
      assertTrue(record.timestamp() >= begin, "the Kafka timestamp is the time of generation");
    }
  }

  @Test
  void aDeviceIsInThePartitionThatKafkaChoosesByItsKey() throws Exception {
    var content = new GeneratorSettings.Content(EVENT_TIMES, Faults.NONE, Shape.UNIFORM, 50, 7);
    var kafka = new KafkaClients(broker.bootstrapServers());
    Ledger ledger =
        new Generator(
                new GeneratorSettings(
                    new GeneratorSettings.Target(kafka, "devices", 4),
                    new Pace(5_000, Pace.UNTHROTTLED),
                    content),
                line -> {})
            .run();
    List<List<ConsumerRecord<byte[], byte[]>>> partitions = read("devices", 4, 5_000);
    assertEquals(
        partitions.stream().map(records -> (long) records.size()).toList(), ledger.perPartition());
    Map<String, Long> counts = new HashMap<>();
    try (var producer = kafka.producer(Map.of())) {
      for (List<ConsumerRecord<byte[], byte[]>> records : partitions) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          String device = new String(record.key(), UTF_8);
          if (counts.merge(device, 1L, Long::sum) == 1) {
            var chosen = producer.send(new ProducerRecord<>("devices", record.key(), null)).get();
            assertEquals(chosen.partition(), record.partition(), device);
          }
          assertTrue(
              new String(record.value(), UTF_8).contains("\"device\":\"" + device + "\""), device);
        }
      }
    }
    assertEquals(50, counts.size());
    assertEquals(Set.of(100L), Set.copyOf(counts.values()));
  }

  @Test
  void aNewTopicTakesMessagesAtOnce() {
    for (int i = 0; i < 10; i++) {
      String topic = "new-" + i;
      Ledger ledger = new Generator(settings(topic, 8, 20_000, Faults.NONE), line -> {}).run();
      assertTrue(ledger.elapsed().toSeconds() < 10, "a refused batch is retried for two minutes");
      read(topic, 8, 20_000);
    }
  }

  @Test
  void anExistingTopicKeepsItsPartitions() {
    List<String> notices = new ArrayList<>();
    new Generator(settings("kept", 3, 30, Faults.NONE), notices::add).run();
    Ledger ledger = new Generator(settings("kept", 4, 30, Faults.NONE), notices::add).run();
    assertEquals(List.of(10L, 10L, 10L), ledger.perPartition());
    assertEquals(
        List.of(
            "created topic kept with 3 partitions", "topic kept already has 3 partitions, not 4"),
        notices);
  }

  @Test
  void closeEndsAnEndlessRunWithACorrectLedger() throws Exception {
    var generator = new Generator(settings("endless", 4, Pace.ENDLESS, Faults.NONE), line -> {});
    var run = CompletableFuture.supplyAsync(generator::run);
    while (generator.made() < 10_000) {
      Thread.onSpinWait();
    }
    generator.close();
    Ledger ledger = run.get(30, TimeUnit.SECONDS);
    assertEquals(ledger.made(), generator.made());
    read("endless", 4, ledger.made());
  }

  @Test
  void anInterruptEndsARunWithACorrectLedger() throws Exception {
    var generator = new Generator(settings("interrupted", 4, Pace.ENDLESS, Faults.NONE), l -> {});
    var ledger = new CompletableFuture<Ledger>();
    var thread = new Thread(() -> ledger.complete(generator.run()));
    thread.start();
    while (generator.made() < 10_000) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    read("interrupted", 4, ledger.get(30, TimeUnit.SECONDS).made());
  }

  private static GeneratorSettings settings(
      String topic, int partitions, long count, Faults faults) {
    return new GeneratorSettings(
        new GeneratorSettings.Target(
            new KafkaClients(broker.bootstrapServers()), topic, partitions),
        new Pace(count, Pace.UNTHROTTLED),
        new GeneratorSettings.Content(EVENT_TIMES, faults, 7));
  }

  /** Reads all partitions to their end offsets, which must add up to {@code count}. */
  private static List<List<ConsumerRecord<byte[], byte[]>>> read(
      String topic, int partitions, long count) {
    List<TopicPartition> assigned = new ArrayList<>();
    List<List<ConsumerRecord<byte[], byte[]>>> records = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      assigned.add(new TopicPartition(topic, partition));
      records.add(new ArrayList<>());
    }
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(assigned);
      consumer.seekToBeginning(assigned);
      long ends = consumer.endOffsets(assigned).values().stream().mapToLong(Long::longValue).sum();
      assertEquals(count, ends);
      for (long got = 0; got < count; ) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          records.get(record.partition()).add(record);
          got++;
        }
      }
    }
    return records;
  }
}
