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
import coarsen.pipeline.Run;
import coarsen.pipeline.RunCommand;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.status.RunReport;
import coarsen.pipeline.status.RunStatus;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Ledger;
import coarsen.testbed.Pace;
import coarsen.testbed.ReadingKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline on the direct runner, from a real broker to files and to topics. */
class RunIT {
  private static final int COUNT = 50_000;

  private static EmbeddedBroker broker;
  private static String servers;
  private static Ledger made;

  @TempDir Path folder;

  @BeforeAll
  static void produce() {
    broker = EmbeddedBroker.startTemporary(0);
    servers = broker.bootstrapServers();
    made = generate("readings", COUNT, Faults.NONE);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Ledger generate(String topic, long count, Faults faults) {
    var settings =
        new GeneratorSettings(
            new GeneratorSettings.Target(new KafkaClients(servers), topic, 4),
            new Pace(count, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 1000), faults, 1));
    try (var generator = new Generator(settings, line -> {})) {
      return generator.run();
    }
  }

  private static RunStatus run(
      String topic,
      @Nullable Location raw,
      @Nullable Location reduced,
      @Nullable Location rejected) {
    return Run.start(settings(topic, true, raw, reduced, rejected), "DirectRunner")
        .await()
        .status();
  }

  private static RunSettings settings(
      String topic,
      boolean untilEnd,
      @Nullable Location raw,
      @Nullable Location reduced,
      @Nullable Location rejected) {
    return new RunSettings(
        new RunSettings.Source(
            new KafkaClients(servers), topic, RunSettings.From.EARLIEST, untilEnd),
        JsonFormat.DEFAULT,
        EventTimeRules.DEFAULT,
        RunSettings.Outputs.of(raw, reduced, rejected),
        RunSettings.DEFAULT_MAX_BATCH,
        List.of());
  }

  private static int runCommand(StringWriter err, String output) {
    return Commands.commandLine(new RunCommand())
        .setErr(new PrintWriter(err))
        .execute(
            "--bootstrapServers=" + servers,
            "--topic=readings",
            "--from=earliest",
            "--until=end",
            output);
  }

  private Location files(String name) {
    return new Location.Files(folder.resolve(name).toString());
  }

  private static void assertEachReadingOnce(List<JsonNode> rawRows, long count) {
    Set<String> names = new HashSet<>();
    for (JsonNode row : rawRows) {
      assertTrue(names.add(row.get("partition") + ":" + row.get("offset")), row::toString);
    }
    assertEquals(count, names.size());
  }

  @Test
  void eachRunOnTheSameOutputsHasTheNextNumber() throws Exception {
    for (int run = 0; run < 3; run++) {
      run("readings", new Location.Topic("numbered-raw"), files("numbered"), null);
    }
    List<JsonNode> raw = Recomputed.topic(servers, "numbered-raw");
    List<JsonNode> reduced = Recomputed.folder(folder.resolve("numbered"));
    for (List<JsonNode> rows : List.of(raw, reduced)) {
      Map<Integer, Long> byRun =
          rows.stream()
              .collect(
                  Collectors.groupingBy(
                      row -> row.get("run").intValue(), TreeMap::new, Collectors.counting()));
      assertEquals(Set.of(0, 1, 2), byRun.keySet());
      assertEquals(1, Set.copyOf(byRun.values()).size(), byRun::toString);
    }
  }

  @Test
  void inFilesEveryReadingIsWrittenOnceAndEveryWindowIsRight() throws Exception {
    RunStatus status = run("readings", files("raw"), files("reduced"), null);
    assertEquals(COUNT, status.readings().count());
    List<JsonNode> produced = Recomputed.topic(servers, "readings");
    List<JsonNode> raw = Recomputed.folder(folder.resolve("raw"));
    assertEachReadingOnce(raw, made.made());
    List<JsonNode> reduced = Recomputed.folder(folder.resolve("reduced"));
    assertEquals(10, reduced.size());
    assertEquals(Recomputed.windows(produced), Recomputed.reported(reduced));
    assertEquals(Recomputed.windows(raw), Recomputed.reported(reduced));
    assertTrue(
        reduced.stream().allMatch(row -> row.get("count").intValue() == 5_000), "all are full");
  }

  @Test
  void inTopicsEveryReadingIsWrittenOnceAndEveryWindowIsRight() throws Exception {
    run(
        "readings",
        new Location.Topic("it-raw"),
        new Location.Topic("it-reduced"),
        new Location.Topic("it-rejected"));
    List<JsonNode> raw = Recomputed.topic(servers, "it-raw");
    assertEachReadingOnce(raw, made.made());
    List<JsonNode> reduced = Recomputed.topic(servers, "it-reduced");
    assertEquals(
        Recomputed.windows(Recomputed.topic(servers, "readings")), Recomputed.reported(reduced));
    assertEquals(10, reduced.size());
    assertEquals(0, Recomputed.topic(servers, "it-rejected").size());
  }

  @Test
  void everyFaultIsRecognisedAsWhatTheGeneratorMadeIt() throws Exception {
    Ledger faulty =
        generate(
            "faulty",
            40_000,
            new Faults(Duration.ofSeconds(8), 0.05, 0.005, Duration.ofHours(1), 0.01, 0.001));
    RunStatus status = run("faulty", files("raw"), files("reduced"), files("rejected"));
    assertEquals(faulty.of(ReadingKind.LATE), status.readings().late());
    long rejected = faulty.of(ReadingKind.MALFORMED) + faulty.of(ReadingKind.FUTURE);
    assertEquals(
        rejected, status.readings().rejected().values().stream().mapToLong(Long::longValue).sum());
    assertEquals(faulty.made() - rejected, status.readings().count());
    assertEquals(0, status.windows().droppedByEngine(), "lateness is decided before the engine");

    List<JsonNode> raw = Recomputed.folder(folder.resolve("raw"));
    assertEachReadingOnce(raw, status.readings().count());
    List<JsonNode> inWindows = raw.stream().filter(row -> !row.has("late")).toList();
    assertEquals(status.readings().count() - status.readings().late(), inWindows.size());
    assertEquals(
        Recomputed.windows(inWindows),
        Recomputed.reported(Recomputed.folder(folder.resolve("reduced"))));

    List<JsonNode> rejects = Recomputed.folder(folder.resolve("rejected"));
    assertEachReadingOnce(rejects, rejected);
    assertEquals(
        faulty.of(ReadingKind.FUTURE),
        rejects.stream()
            .filter(row -> row.get("reason").textValue().equals("FROM_THE_FUTURE"))
            .count());
  }

  @Test
  void theLastWindowClosesWhenInputStopsEvenIfSevenOfEightPartitionsAreUnused() throws Exception {
    try (var topics = new Topics(new KafkaClients(servers))) {
      assertEquals(8, topics.ensure("quiet", 8, line -> {}));
    }
    var serializer = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", servers), serializer, serializer)) {
      for (int i = 0; i < 10; i++) {
        String reading = "{\"ts\":\"" + Instant.now() + "\",\"value\":" + i + "}";
        producer.send(new ProducerRecord<>("quiet", 3, null, reading.getBytes(UTF_8))).get();
      }
    }
    Location reduced = new Location.Topic("quiet-reduced");
    Run run = Run.start(settings("quiet", false, null, reduced, null), "DirectRunner");
    List<JsonNode> rows =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> {
              List<JsonNode> read;
              do {
                read = Recomputed.topic(servers, "quiet-reduced");
              } while (read.stream().mapToInt(row -> row.get("count").intValue()).sum() < 10);
              return read;
            },
            "idle partitions must not hold the window open");
    run.stop();
    assertEquals(10, run.await().status().readings().count());
    assertTrue(rows.stream().allMatch(row -> row.get("pane").textValue().equals("ON_TIME")));
    assertEquals(Recomputed.windows(Recomputed.topic(servers, "quiet")), Recomputed.reported(rows));
  }

  private static boolean isEmpty(Path rows) throws IOException {
    try (Stream<Path> files = Files.list(rows)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void aRunStoppedAtAnyMomentEndsCleanlyAndItsFilesAreComplete() throws Exception {
    for (int round = 0; round < 8; round++) {
      Location raw = files("raw" + round);
      Run run =
          Run.start(
              settings("readings", false, raw, files("reduced" + round), null), "DirectRunner");
      Path rawFolder = folder.resolve("raw" + round);
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            while (isEmpty(rawFolder)) {
              Thread.onSpinWait();
            }
          });
      run.stop();
      RunReport report = run.await();
      List<JsonNode> rows = Recomputed.folder(rawFolder);
      assertTrue(
          rows.size() <= COUNT && report.status().readings().count() <= COUNT, report::toString);
      assertEachReadingOnce(rows, rows.size());
    }
  }

  @Test
  void aRejectedRowContainsTheOriginalBytes() throws Exception {
    byte[] bytes = {'{', (byte) 0xFF, 0, '"'};
    var serializer = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", servers), serializer, serializer)) {
      producer.send(new ProducerRecord<>("nonsense", bytes)).get();
    }
    run("nonsense", null, null, files("rejected"));
    JsonNode reject = Recomputed.folder(folder.resolve("rejected")).get(0);
    assertEquals(Base64.getEncoder().encodeToString(bytes), reject.get("payload").textValue());
    assertEquals("nonsense", reject.get("topic").textValue());
    assertEquals(0, reject.get("offset").intValue());
  }

  @Test
  void aMissingTopicIsReportedInOneLineAndNotCreated() {
    for (int i = 0; i < 2; i++) {
      var err = new StringWriter();
      int exitCode =
          Commands.commandLine(new RunCommand())
              .setErr(new PrintWriter(err))
              .execute(
                  "--bootstrapServers=" + servers,
                  "--topic=missing",
                  "--reducedOutput=files:" + folder.resolve("none"));
      assertEquals(ExitCode.UNAVAILABLE, exitCode);
      assertTrue(err.toString().contains("there is no topic 'missing'"), err.toString());
      assertEquals(1, err.toString().lines().count());
    }
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  @Test
  void anOutputTopicWhoseNameTheBrokerConfusesWithAnotherIsToldInOneLine() {
    try (var topics = new Topics(new KafkaClients(servers))) {
      assertEquals(1, topics.ensure("col_li.ding", 1, line -> {}));
    }
    var err = new StringWriter();
    int exitCode = runCommand(err, "--rawOutput=topic:col.li_ding");
    assertEquals(ExitCode.UNAVAILABLE, exitCode, err.toString());
    assertEquals(
        "coarsen run: the broker at "
            + servers
            + " refuses a topic: Topic 'col.li_ding' collides with existing topic: col_li.ding;"
            + " name another one",
        err.toString().strip());
  }

  @Test
  void anOutputThatCannotBeWrittenFailsTheRun() throws Exception {
    Files.writeString(folder.resolve("raw"), "a file, not a folder");
    var err = new StringWriter();
    int exitCode = runCommand(err, "--rawOutput=files:" + folder.resolve("raw"));
    assertEquals(ExitCode.FAILED, exitCode, err.toString());
    assertTrue(err.toString().contains("can't write rows to"), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void aFolderThatDisappearsWithAnOpenFileFailsTheRun() throws Exception {
    Path raw = folder.resolve("raw");
    var err = new StringWriter();
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () ->
                Commands.commandLine(new RunCommand())
                    .setErr(new PrintWriter(err))
                    .execute(
                        "--bootstrapServers=" + servers,
                        "--topic=readings",
                        "--from=earliest",
                        "--rollover=3s",
                        "--rawOutput=files:" + raw));
    while (!hasOpenFile(raw)) {
      assertTrue(!exitCode.isDone(), err::toString);
      TimeUnit.MILLISECONDS.sleep(10);
    }
    Files.move(raw, folder.resolve("elsewhere"));
    assertEquals(ExitCode.FAILED, exitCode.get(60, TimeUnit.SECONDS), err.toString());
    assertTrue(err.toString().contains("can't write rows to files:" + raw), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  private static boolean hasOpenFile(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(".raw-"));
    }
  }
}
