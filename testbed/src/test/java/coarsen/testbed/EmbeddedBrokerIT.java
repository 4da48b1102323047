package coarsen.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "words";
  private static final long IN_2021 = 1_611_403_975_000L;

  @Test
  void aBrokerOnTheSameFolderFindsItsTopicsAgain(@TempDir Path folder) throws Exception {
    try (var broker = EmbeddedBroker.start(0, folder)) {
      produce(broker, "one", "two");
      assertEquals(List.of("one", "two"), consume(broker, 2));
    }
    try (var broker = EmbeddedBroker.start(0, folder)) {
      produce(broker, "three");
      assertEquals(List.of("one", "two", "three"), consume(broker, 3));
    }
  }

  @Test
  void closeLeavesNeitherThreadsNorTheTemporaryFolder() throws Exception {
    Set<Thread> before = nonDaemons();
    Path folder;
    try (var broker = EmbeddedBroker.startTemporary(0)) {
      folder = broker.dataDirectory();
      produce(broker, "one");
      assertTrue(Files.exists(folder));
    }
    assertFalse(Files.exists(folder));
    Set<Thread> left = nonDaemons();
    left.removeAll(before);
    assertEquals(Set.of(), left);
  }

  @Test
  void aTakenPortIsNamed() {
    try (var broker = EmbeddedBroker.startTemporary(0)) {
      int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
      var refusal =
          assertThrows(CommandException.class, () -> EmbeddedBroker.startTemporary(port).close());
      assertEquals(
          "port " + port + " of 127.0.0.1 can't be used: Address already in use",
          refusal.getMessage());
    }
  }

  @Test
  void aFolderThatAnotherBrokerUsesIsRefused(@TempDir Path folder) {
    try (var broker = EmbeddedBroker.start(0, folder)) {
      assertEquals(folder, broker.dataDirectory());
      var refusal =
          assertThrows(CommandException.class, () -> EmbeddedBroker.start(0, folder).close());
      assertEquals("another broker is using the data folder " + folder, refusal.getMessage());
    }
  }

  @Test
  void aFolderWithForeignFilesIsRefused(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "three years of work");
    var refusal =
        assertThrows(CommandException.class, () -> EmbeddedBroker.start(0, folder).close());
    assertEquals(
        "the data folder " + folder + " contains files that are not a broker's; use an empty one",
        refusal.getMessage());
  }

  private static Set<Thread> nonDaemons() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void produce(EmbeddedBroker broker, String... words) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String word : words) {
        producer.send(new ProducerRecord<>(TOPIC, 0, IN_2021, "", word)).get();
      }
    }
  }

  private static List<String> consume(EmbeddedBroker broker, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            "test-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest");
    List<String> words = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (words.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> words.add(record.value()));
      }
    }
    return words;
  }
}
