package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.outputs.Tails;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.status.RunStatus;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.viewer.ShowCommand;
import coarsen.viewer.VerifyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only messages of committed transactions are readings, and rows. */
class TransactionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Instant START = Instant.parse("2021-01-23T12:00:00Z");

  private static EmbeddedBroker broker;
  private static KafkaClients kafka;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startWith(Map.of("log.cleaner.backoff.ms", "100"));
    kafka = new KafkaClients(broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void create(String topic, int partitions, Map<String, String> settings)
      throws Exception {
    try (var admin = kafka.admin(Map.of())) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
          .all()
          .get();
    }
  }

  private static Producer<byte[], byte[]> transactions(String id) {
    Producer<byte[], byte[]> producer =
        kafka.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    producer.initTransactions();
    return producer;
  }

  private static void send(
      Producer<byte[], byte[]> producer, String topic, int partition, Instant ts) {
    String key = String.valueOf(ts.toEpochMilli() % 10);
    byte[] reading = "{\"ts\":\"%s\",\"value\":1}".formatted(ts).getBytes(UTF_8);
    var unused =
        producer.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), reading));
  }

  private static void send(Producer<byte[], byte[]> producer, String topic, int count) {
    for (int i = 0; i < count; i++) {
      send(producer, topic, 0, START.plusMillis(i));
    }
    producer.flush();
  }

  private static void end(Producer<byte[], byte[]> producer, boolean commit) {
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private static void transaction(
      Producer<byte[], byte[]> producer, String topic, int count, boolean commit) {
    producer.beginTransaction();
    send(producer, topic, count);
    end(producer, commit);
  }

  private RunSettings settings(String topic, String run, boolean untilEnd, EventTimeRules rules) {
    return new RunSettings(
        new RunSettings.Source(kafka, topic, RunSettings.From.EARLIEST, untilEnd),
        JsonFormat.DEFAULT,
        rules,
        RunSettings.Outputs.of(place(run, "raw"), place(run, "reduced"), place(run, "rejected")),
        RunSettings.DEFAULT_MAX_BATCH,
        List.of());
  }

  private Location place(String run, String kind) {
    return new Location.Files(folder.resolve(run).resolve(kind).toString());
  }

  /** Asserts that a run to the end ends with so many readings, and that verify agrees. */
  private void assertReadings(int count, String topic, String run) {
    RunStatus.Readings readings =
        assertTimeoutPreemptively(
                PATIENCE,
                () ->
                    Run.start(settings(topic, run, true, EventTimeRules.DEFAULT), "DirectRunner")
                        .await(),
                "the run must end")
            .status()
            .readings();
    assertEquals(count, readings.count());
    assertEquals(Map.of(), readings.rejected());
    assertEquals(0, readings.missedOffsets());
    assertEquals(ExitCode.OK, verify(topic, run), () -> printed);
    assertTrue(printed.contains("read from the source topic " + count + "\n"), () -> printed);
    assertTrue(printed.contains("raw rows " + count + "\n"), () -> printed);
  }

  private int verify(String topic, String run) {
    return execute(
        new VerifyCommand(),
        "--raw=" + place(run, "raw"),
        "--reduced=" + place(run, "reduced"),
        "--rejected=" + place(run, "rejected"),
        "--topic=" + topic,
        "--complete",
        "--deep");
  }

  private int execute(Callable<Integer> command, String... options) {
    var out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--bootstrapServers=" + kafka.bootstrapServers());
    int exitCode =
        Commands.commandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    printed = out.toString().replaceAll(" +", " ");
    return exitCode;
  }

  @Test
  void abortedMessagesAreNotReadings() throws Exception {
    create("mixed", 1, Map.of());
    try (Producer<byte[], byte[]> producer = transactions("mixed")) {
      transaction(producer, "mixed", 30, true);
      transaction(producer, "mixed", 30, false);
      transaction(producer, "mixed", 100, true);
      transaction(producer, "mixed", 40, false);
    }
    assertReadings(130, "mixed", "mixed");
  }

  @Test
  void aTopicWhoseMessagesWereAllAbortedHasNoReadings() throws Exception {
    create("aborted", 2, Map.of());
    try (Producer<byte[], byte[]> producer = transactions("aborted")) {
      transaction(producer, "aborted", 20, false);
      transaction(producer, "aborted", 1, false);
    }
    assertReadings(0, "aborted", "aborted");
  }

  /** The second run finds what the first one's end was before. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunToTheEndEndsBeforeATransactionThatIsOpen(boolean commit) throws Exception {
    String topic = "open-" + commit;
    create(topic, 1, Map.of());
    try (Producer<byte[], byte[]> open = transactions(topic);
        Producer<byte[], byte[]> other = kafka.producer(Map.of())) {
      transaction(open, topic, 10, true);
      open.beginTransaction();
      send(open, topic, 5);
      send(other, topic, 3);
      assertReadings(10, topic, topic + "-before");
      end(open, commit);
      assertReadings(commit ? 18 : 13, topic, topic + "-after");
    }
  }

  @Test
  void aCompactedTopicWithGapsBalances() throws Exception {
    create(
        "compacted",
        1,
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01",
            "delete.retention.ms", "0"));
    try (Producer<byte[], byte[]> producer = transactions("compacted")) {
      for (int i = 0; i < 6; i++) {
        transaction(producer, "compacted", 50, i % 2 == 0);
        TimeUnit.MILLISECONDS.sleep(150);
      }
    }
    try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
      send(producer, "compacted", 1); // Into a new segment, so that all others can be cleaned.
    }
    // There are ten keys.
    List<Long> offsets = awaitCompacted(11);
    assertTrue(offsets.get(0) > 0, offsets::toString);
    assertReadings(11, "compacted", "compacted");
  }

  /** The offsets of the messages, as soon as there are only so many. */
  private static List<Long> awaitCompacted(int count) {
    List<Long> offsets = new ArrayList<>();
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          do {
            offsets.clear();
            var unused =
                Tails.readMessagesNow("compacted", kafka, message -> offsets.add(message.offset()));
          } while (offsets.size() > count);
        },
        () -> "there are still the messages " + offsets);
    return offsets;
  }

  /** Its partition is not idle meanwhile: it would follow the other, which is ahead. */
  @Test
  void whatATransactionHoldsForSecondsIsNotLate() throws Exception {
    create("held", 2, Map.of());
    EventTimeRules rules =
        EventTimeRules.DEFAULT
            .withWindow(Duration.ofSeconds(1))
            .withMaxOutOfOrder(Duration.ofMillis(500))
            .withAllowedLateness(Duration.ofMillis(1))
            .withIdleTimeout(Duration.ofSeconds(1));
    Run run = Run.start(settings("held", "held", false, rules), "DirectRunner");
    int sent = 2;
    try (Producer<byte[], byte[]> open = transactions("held");
        Producer<byte[], byte[]> other = kafka.producer(Map.of())) {
      send(other, "held", 0, Instant.now());
      open.beginTransaction();
      send(open, "held", 0, Instant.now());
      open.flush();
      for (int i = 0; i < 50; i++) {
        send(other, "held", 1, Instant.now());
        sent++;
        TimeUnit.MILLISECONDS.sleep(100);
      }
      open.commitTransaction();
    }
    int expected = sent;
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (run.status().readings().count() < expected) {
            TimeUnit.MILLISECONDS.sleep(20);
          }
        });
    run.stop();
    RunStatus.Readings readings = run.await().status().readings();
    assertEquals(expected, readings.count());
    assertEquals(0, readings.late());
  }

  @Test
  void rowsOfAbortedTransactionsAreNeitherShownNorFollowed() {
    try (var topics = new Topics(kafka)) {
      assertEquals(1, topics.ensure("rows", 1, line -> {}));
    }
    try (Producer<byte[], byte[]> producer = transactions("rows")) {
      for (boolean commit : new boolean[] {true, false, true, false}) {
        producer.beginTransaction();
        String row =
            "{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":%d,\"partition\":0,\"offset\":%d,\"run\":0}"
                .formatted(commit ? 111 : 999, commit ? 1 : 2);
        var unused = producer.send(new ProducerRecord<>("rows", 0, null, row.getBytes(UTF_8)));
        end(producer, commit);
      }
    }
    assertEquals(ExitCode.OK, execute(new ShowCommand(), "--raw=topic:rows"), () -> printed);
    assertTrue(printed.contains("111") && !printed.contains("999"), () -> printed);
    List<String> rows = new ArrayList<>();
    try (var tail = Tails.follow(new Location.Topic("rows"), kafka, Tails.EVERYTHING)) {
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            while (rows.size() < 2) {
              tail.poll(
                  (bytes, offset, length) -> rows.add(new String(bytes, offset, length, UTF_8)));
            }
          });
      for (int i = 0; i < 5; i++) {
        tail.poll((bytes, offset, length) -> rows.add(new String(bytes, offset, length, UTF_8)));
      }
    }
    assertEquals(2, rows.size(), rows::toString);
    assertTrue(rows.stream().allMatch(row -> row.contains("111")), rows::toString);
  }
}
