package coarsen.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.records.WindowSummary;
import coarsen.viewer.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The rows of a run on topics, {@code NAME-raw}, {@code NAME-reduced} and {@code NAME-rejected}.
 */
final class Rows {
  private final String servers;
  private final String topic;
  private final String name;

  Rows(String bootstrapServers, String topic, String name) {
    servers = bootstrapServers;
    this.topic = topic;
    this.name = name;
  }

  /** Options of a run for its input and outputs, then more. */
  String[] options(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--bootstrapServers=" + servers,
                "--topic=" + topic,
                "--from=earliest",
                "--rawOutput=topic:" + name + "-raw",
                "--reducedOutput=topic:" + name + "-reduced",
                "--rejectedOutput=topic:" + name + "-rejected"));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  /** Every reading of the source in exactly one window, every mean right. */
  void assertBalanced(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--raw=topic:" + name + "-raw",
                "--reduced=topic:" + name + "-reduced",
                "--rejected=topic:" + name + "-rejected",
                "--topic=" + topic,
                "--bootstrapServers=" + servers));
    options.addAll(List.of(more));
    assertVerified(options.toArray(String[]::new));
  }

  private static void assertVerified(String... options) {
    var told = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(told))
            .setErr(new PrintWriter(told))
            .execute(options);
    assertEquals(ExitCode.OK, exitCode, told.toString());
  }

  /** The same of rows in files. */
  static void assertBalancedFiles(Path raw, Path reduced) {
    assertVerified("--raw=files:" + raw, "--reduced=files:" + reduced);
  }

  /** Waits until there are so many raw rows. */
  void awaitRaw(int count) throws InterruptedException {
    await("raw", count);
  }

  /** Waits until there are so many reduced rows. */
  void awaitReduced(int count) throws InterruptedException {
    await("reduced", count);
  }

  private void await(String kind, int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (messages(name + "-" + kind).size() < count) {
      assertTrue(System.nanoTime() < deadline, "no " + count + " rows in two minutes");
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /**
   * Writes readings of now, in all partitions but the last, until there are rows of windows that
   * are still open, rows of closed ones, and corrections of those.
   */
  void live(ReadingWriter readings, JavaProcess run) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    for (int i = 0; !panes().keySet().containsAll(Set.of("EARLY", "ON_TIME", "LATE")); i++) {
      assertTrue(System.nanoTime() < deadline, () -> "of " + panes());
      for (int k = 0; k < 10; k++) {
        readings.write(k % 2, Instant.now(), k);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      if (i % 5 == 4) {
        readings.write(0, Instant.now().minusSeconds(12), 1_000);
      }
      assertTrue(run.handle().isAlive(), "the run has ended");
    }
  }

  /** By key, the bytes of each window's newest row, without what tells where it was read. */
  SortedMap<String, String> finalRows() {
    var newest = new TreeMap<String, WindowSummary>();
    var rows = new TreeMap<String, String>();
    for (byte[] bytes : messages(name + "-reduced")) {
      WindowSummary row = WindowSummary.parse(bytes, 0, bytes.length);
      WindowSummary known = newest.get(row.key());
      if (known == null || known.version().compareTo(row.version()) < 0) {
        newest.put(row.key(), row);
        rows.put(
            row.key(), new String(bytes, UTF_8).replaceFirst(",\"(offsets|replay_from)\".*", ""));
      }
    }
    return rows;
  }

  /** How often each pane has come. */
  Map<String, Integer> panes() {
    var panes = new TreeMap<String, Integer>();
    for (byte[] row : messages(name + "-reduced")) {
      panes.merge(WindowSummary.parse(row, 0, row.length).pane().name(), 1, Integer::sum);
    }
    return panes;
  }

  private List<byte[]> messages(String of) {
    List<byte[]> messages = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers), bytes, bytes)) {
      if (!consumer.listTopics().containsKey(of)) {
        return messages;
      }
      List<TopicPartition> partitions =
          consumer.partitionsFor(of).stream()
              .map(info -> new TopicPartition(of, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
          messages.add(message.value());
        }
      }
    }
    return messages;
  }
}
