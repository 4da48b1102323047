package coarsen.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.records.Reading;
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
 * The rows of a run in the topics {@code NAME-raw}, {@code NAME-reduced} and {@code NAME-rejected},
 * or in folders that are named so.
 */
final class Rows {
  private final String servers;
  private final String access;
  private final String topic;
  private final String place;

  Rows(String bootstrapServers, String topic, String name) {
    this(bootstrapServers, "--bootstrapServers=" + bootstrapServers, topic, "topic:" + name);
  }

  /**
   * @param servers brokers at which nobody has to log in
   * @param access the option with which commands reach them
   * @param place {@code topic:NAME} or {@code files:NAME}
   */
  Rows(String servers, String access, String topic, String place) {
    this.servers = servers;
    this.access = access;
    this.topic = topic;
    this.place = place;
  }

  /** The options of a run for its input and outputs, followed by more. */
  String[] options(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                access,
                "--topic=" + topic,
                "--from=earliest",
                "--rawOutput=" + place + "-raw",
                "--reducedOutput=" + place + "-reduced",
                "--rejectedOutput=" + place + "-rejected"));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  /** Asserts that every reading of the topic is in exactly one window, and every mean is right. */
  void assertBalanced(String... more) {
    var unused = verified(more);
  }

  /** Asserts the same, and returns what was printed with one space where there are several. */
  String verified(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--raw=" + place + "-raw",
                "--reduced=" + place + "-reduced",
                "--rejected=" + place + "-rejected",
                "--topic=" + topic,
                access));
    options.addAll(List.of(more));
    return assertVerified(options.toArray(String[]::new));
  }

  private static String assertVerified(String... options) {
    var printed = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(options);
    assertEquals(ExitCode.OK, exitCode, printed.toString());
    return printed.toString().replaceAll(" +", " ");
  }

  /** Asserts the same of rows in files. */
  static void assertBalancedFiles(Path raw, Path reduced) {
    var unused = assertVerified("--raw=files:" + raw, "--reduced=files:" + reduced);
  }

  /** How often runs are stopped at a random moment, on each engine. */
  static int stops() {
    return Integer.getInteger("coarsen.stops");
  }

  /** Waits until there are at least this many raw rows. */
  void awaitRaw(int count) throws InterruptedException {
    await("raw", count);
  }

  /** Waits until there are at least this many reduced rows. */
  void awaitReduced(int count) throws InterruptedException {
    await("reduced", count);
  }

  /** Waits until there are at least this many rejected rows. */
  void awaitRejected(int count) throws InterruptedException {
    await("rejected", count);
  }

  private void await(String kind, int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (messages(kind).size() < count) {
      assertTrue(System.nanoTime() < deadline, "fewer than " + count + " rows after two minutes");
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /**
   * Writes current readings to all partitions but the last, until there are early, on-time and late
   * rows.
   */
  void writeUntilAllPanes(ReadingWriter readings, JavaProcess run)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    for (int i = 0; !panes().keySet().containsAll(Set.of("EARLY", "ON_TIME", "LATE")); i++) {
      assertTrue(System.nanoTime() < deadline, () -> "panes after two minutes: " + panes());
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

  /** Each window's newest row by key, without the offsets, which differ between runs. */
  SortedMap<String, String> finalRows() {
    var newest = new TreeMap<String, WindowSummary>();
    var rows = new TreeMap<String, String>();
    for (byte[] bytes : messages("reduced")) {
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

  /** Number of rows by kind of pane. */
  Map<String, Integer> panes() {
    var panes = new TreeMap<String, Integer>();
    for (byte[] row : messages("reduced")) {
      panes.merge(WindowSummary.parse(row, 0, row.length).pane().name(), 1, Integer::sum);
    }
    return panes;
  }

  /** Asserts that the raw rows of each source partition are in the order of their offsets. */
  void assertRawInOrder() {
    var last = new TreeMap<Integer, Long>();
    for (byte[] bytes : messages("raw")) {
      Reading row = Reading.parse(bytes, 0, bytes.length);
      Long before = last.put(row.partition(), row.offset());
      assertTrue(before == null || before < row.offset(), () -> before + " is before " + row);
    }
  }

  /** In the order of each of the topic's partitions. */
  private List<byte[]> messages(String kind) {
    String rowTopic = place.replaceFirst("topic:", "") + "-" + kind;
    List<byte[]> messages = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers), bytes, bytes)) {
      if (!consumer.listTopics().containsKey(rowTopic)) {
        return messages;
      }
      List<TopicPartition> partitions =
          consumer.partitionsFor(rowTopic).stream()
              .map(info -> new TopicPartition(rowTopic, info.partition()))
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
