package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.format.SeriesFields;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Ledger;
import coarsen.testbed.Pace;
import coarsen.testbed.ReadingKind;
import coarsen.testbed.Shape;
import coarsen.viewer.ShowCommand;
import coarsen.viewer.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The outputs of a run over faulty readings balance, in folders and in topics, until a row is
 * corrupted.
 */
class VerifyIT {
  private static final String TOPIC = "faulty";
  private static final Faults FAULTS =
      new Faults(Duration.ofSeconds(8), 0.05, 0.005, Duration.ofHours(1), 0.01, 0.001);

  private static EmbeddedBroker broker;
  private static String servers;
  private static Ledger made;

  @TempDir Path folder;
  private List<String> printed = List.of();

  @BeforeAll
  static void produce() {
    broker = EmbeddedBroker.startTemporary(0);
    servers = broker.bootstrapServers();
    made = produce(TOPIC, 40_000, FAULTS);
  }

  private static Ledger produce(String topic, long count, Faults faults) {
    return produce(topic, count, faults, 1);
  }

  private static Ledger produce(String topic, long count, Faults faults, int series) {
    var settings =
        new GeneratorSettings(
            new GeneratorSettings.Target(new KafkaClients(servers), topic, 4),
            new Pace(count, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 1000),
                faults,
                Shape.UNIFORM,
                series,
                1));
    try (var generator = new Generator(settings, line -> {})) {
      return generator.run();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void topicsBalanceAndTheCountsAreThoseOfTheGenerator() {
    Location raw = new Location.Topic("verify-raw");
    Location reduced = new Location.Topic("verify-reduced");
    Location rejected = new Location.Topic("verify-rejected");
    run(raw, reduced, rejected);
    assertBalances(raw, reduced, rejected);
  }

  @Test
  void seriesBalanceUntilTheRowOfOneIsMissingOrUnderAnotherName() throws IOException {
    Ledger made = produce("devices", 20_000, FAULTS, 200);
    Location raw = files("raw");
    Location reduced = files("reduced");
    Location rejected = files("rejected");
    var format =
        new JsonFormat(
            null,
            "ts",
            "value",
            ZoneOffset.UTC,
            TimeUnit.MILLISECONDS,
            null,
            false,
            new SeriesFields(List.of("device"), null, 200));
    run("devices", format, raw, reduced, rejected);
    List<String> options =
        List.of(
            "--raw=" + raw,
            "--reduced=" + reduced,
            "--rejected=" + rejected,
            "--topic=devices",
            "--complete",
            "--bootstrapServers=" + servers);
    assertEquals(ExitCode.OK, verify(options), () -> String.join("\n", printed));
    assertCount("late", made.of(ReadingKind.LATE));
    assertCount("rejected", made.of(ReadingKind.MALFORMED) + made.of(ReadingKind.FUTURE));
    assertCount("series", 200);

    Path rows = firstFile("reduced");
    whileCorrupted(
        rows,
        text -> text.replaceFirst("\\{[^}]*\"series\":\\{[^\n]*\n", ""),
        () -> assertDiffers(" of device=sensor-", options));
    whileCorrupted(
        rows,
        text -> text.replaceFirst("\"device\":\"sensor-", "\"device\":\"other-"),
        () -> assertDiffers(" of device=other-", options));

    assertEquals(ExitCode.USAGE, verify(with(options, "--deep")));
    List<String> deep = with(options, "--deep", "--seriesField=device");
    assertEquals(ExitCode.OK, verify(deep), () -> String.join("\n", printed));
    renameSeries("raw");
    renameSeries("reduced");
    assertEquals(ExitCode.OK, verify(options), () -> String.join("\n", printed));
    assertDiffers(" of device=sensor-007, found ", deep);
  }

  private static List<String> with(List<String> options, String... more) {
    return Stream.concat(options.stream(), Stream.of(more)).toList();
  }

  private void renameSeries(String output) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      for (Path file : files.filter(file -> file.toFile().length() > 0).toList()) {
        String rows = Files.readString(file);
        Files.writeString(file, rows.replace("\"sensor-007\"", "\"other-007\""));
      }
    }
  }

  @Test
  void foldersBalanceUntilARowIsCorrupted() throws IOException {
    Location raw = files("raw");
    Location reduced = files("reduced");
    Location rejected = files("rejected");
    run(raw, reduced, rejected);
    assertBalances(raw, reduced, rejected);

    Path reducedRows = firstFile("reduced");
    Path rawRows = firstFile("raw");
    whileCorrupted(
        reducedRows,
        rows -> rows.replaceFirst("\"avg_value\":", "\"avg_value\":1"),
        () -> assertDiffers("expected avg_value", raw, reduced, rejected));
    whileCorrupted(
        reducedRows,
        VerifyIT::withoutFirstLine,
        () -> assertDiffers("found none", raw, reduced, rejected));
    whileCorrupted(
        rawRows,
        rows -> rows.replaceFirst("\"value\":", "\"value\":1"),
        () -> assertDiffers(": expected 2021-", raw, reduced, rejected));
    whileCorrupted(
        firstFile("rejected"),
        rows -> rows.replaceFirst("\"payload\":\"", "\"payload\":\"AAAA"),
        () -> assertDiffers("expected the message's bytes", raw, reduced, rejected));
    whileCorrupted(
        rawRows,
        VerifyIT::withoutFirstLine,
        () -> assertDiffers("found in neither", raw, reduced, rejected));
    assertBalances(raw, reduced, rejected);
  }

  /** What the README says to run, without a reading or without a reject. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  void outputsWithoutRowsAreThereAndBalance(int count) throws IOException {
    String topic = "without-rejects-" + count;
    if (count > 0) {
      var unused = produce(topic, count, Faults.NONE);
    } else {
      try (var topics = new Topics(new KafkaClients(servers))) {
        var unused = topics.ensure(topic, 4, line -> {});
      }
    }
    for (List<Location> outputs :
        List.of(
            List.of(files("raw"), files("reduced"), files("rejected")),
            List.<Location>of(
                new Location.Topic(topic + "-raw"),
                new Location.Topic(topic + "-reduced"),
                new Location.Topic(topic + "-rejected")))) {
      Location rejected = outputs.get(2);
      run(topic, outputs.get(0), outputs.get(1), rejected);
      assertEquals(
          ExitCode.OK,
          verify(topic, outputs.get(0), outputs.get(1), rejected),
          () -> String.join("\n", printed));
      assertCount("read from the source topic", count);
      assertCount("rejected", 0);
      assertCount("raw rows", count);
      for (String output : List.of("--raw=" + outputs.get(0), "--reduced=" + outputs.get(1))) {
        assertEquals(
            ExitCode.OK, execute(new ShowCommand(), output, "--bootstrapServers=" + servers));
        assertTrue(printed.size() > 1 || count == 0, () -> String.join("\n", printed));
        assertFalse(printed.isEmpty(), "the columns have names");
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("rejected"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aReadingOfAnAbortedTransactionIsADifference() throws IOException {
    String topic = "transactions";
    var producerSettings = Map.<String, Object>of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "t");
    try (Producer<byte[], byte[]> producer = new KafkaClients(servers).producer(producerSettings)) {
      producer.initTransactions();
      for (boolean commit : new boolean[] {true, false, true}) {
        producer.beginTransaction();
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    0,
                    null,
                    "{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":1}".getBytes(UTF_8)));
        producer.flush();
        if (commit) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }
    Path raw = Files.createDirectory(folder.resolve("raw"));
    Path reduced = Files.createDirectory(folder.resolve("reduced"));
    Files.createDirectory(folder.resolve("rejected"));
    // The messages are at 0, 2 and 4; the others are markers.
    Files.writeString(raw.resolve("a.jsonl"), rawRow(0) + rawRow(4));
    Files.writeString(reduced.resolve("a.jsonl"), reducedRow(2));
    assertEquals(
        ExitCode.OK,
        verify(topic, files("raw"), files("reduced"), files("rejected")),
        () -> "" + printed);
    Files.writeString(raw.resolve("a.jsonl"), rawRow(0) + rawRow(2) + rawRow(4));
    Files.writeString(reduced.resolve("a.jsonl"), reducedRow(3));
    assertEquals(ExitCode.FAILED, verify(topic, files("raw"), files("reduced"), files("rejected")));
    assertEquals(
        List.of(
            "reading 0:2: expected no row, for the topic has no such message, found one",
            "1 difference"),
        printed.subList(printed.size() - 2, printed.size()));
  }

  private static String rawRow(long offset) {
    return "{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":1,\"partition\":0,\"offset\":%d,\"run\":0}\n"
        .formatted(offset);
  }

  private static String reducedRow(int count) {
    return """
        {"start_time":"2021-01-23T12:00:00Z","end_time":"2021-01-23T12:00:05Z","avg_value":1,\
        "count":%d,"min_value":1,"max_value":1,"stddev_value":0,"pane":"ON_TIME","run":0,\
        "revision":0,"offsets":{"0":[0,4]},"replay_from":{"0":0}}
        """
        .formatted(count);
  }

  private static void run(Location raw, Location reduced, Location rejected) {
    run(TOPIC, raw, reduced, rejected);
  }

  private static void run(String topic, Location raw, Location reduced, Location rejected) {
    run(topic, JsonFormat.DEFAULT, raw, reduced, rejected);
  }

  private static void run(
      String topic, InputFormat format, Location raw, Location reduced, Location rejected) {
    var settings =
        new RunSettings(
            new RunSettings.Source(
                new KafkaClients(servers), topic, RunSettings.From.EARLIEST, true),
            format,
            EventTimeRules.DEFAULT,
            RunSettings.Outputs.of(raw, reduced, rejected),
            RunSettings.DEFAULT_MAX_BATCH,
            List.of());
    Run.start(settings, "DirectRunner").await();
  }

  private void assertBalances(Location raw, Location reduced, Location rejected) {
    assertEquals(ExitCode.OK, verify(raw, reduced, rejected), () -> String.join("\n", printed));
    long rejects = made.of(ReadingKind.MALFORMED) + made.of(ReadingKind.FUTURE);
    long late = made.of(ReadingKind.LATE);
    assertCount("read from the source topic", made.made());
    assertCount("not read yet", 0);
    assertCount("rejected", rejects);
    assertCount("raw rows", made.made() - rejects);
    assertCount("repeats, dropped", 0);
    assertCount("in windows", made.made() - rejects - late);
    assertCount("late", late);
    assertCount("in open windows", 0);
    assertTrue(rejects > 0 && late > 0, "the readings contain faults");
    assertEquals("everything balances", printed.get(printed.size() - 1));
  }

  private void assertCount(String label, long count) {
    String expected = label + " " + String.format(Locale.ROOT, "%,d", count);
    assertTrue(
        printed.stream().anyMatch(line -> line.strip().replaceAll(" +", " ").equals(expected)),
        () -> expected + " is not in\n" + String.join("\n", printed));
  }

  private void assertDiffers(String what, List<String> options) {
    assertEquals(ExitCode.FAILED, verify(options));
    assertTrue(
        printed.stream().anyMatch(line -> line.contains(what)), () -> String.join("\n", printed));
  }

  private int verify(List<String> options) {
    return execute(new VerifyCommand(), options.toArray(String[]::new));
  }

  private void assertDiffers(String what, Location raw, Location reduced, Location rejected) {
    assertEquals(ExitCode.FAILED, verify(raw, reduced, rejected));
    assertTrue(
        printed.stream().anyMatch(line -> line.contains(what)), () -> String.join("\n", printed));
  }

  private int verify(Location raw, Location reduced, Location rejected) {
    return verify(TOPIC, raw, reduced, rejected);
  }

  private int verify(String topic, Location raw, Location reduced, Location rejected) {
    return execute(
        new VerifyCommand(),
        "--raw=" + raw,
        "--reduced=" + reduced,
        "--rejected=" + rejected,
        "--topic=" + topic,
        "--complete",
        "--deep",
        "--bootstrapServers=" + servers);
  }

  private int execute(Callable<Integer> command, String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Commands.commandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(options);
    printed = Stream.concat(err.toString().lines(), out.toString().lines()).toList();
    return exitCode;
  }

  private Location files(String name) {
    return new Location.Files(folder.resolve(name).toString());
  }

  private Path firstFile(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(file -> file.toFile().length() > 0).sorted().findFirst().orElseThrow();
    }
  }

  private static void whileCorrupted(Path file, UnaryOperator<String> change, Runnable check)
      throws IOException {
    String rows = Files.readString(file);
    Files.writeString(file, change.apply(rows));
    check.run();
    Files.writeString(file, rows);
  }

  private static String withoutFirstLine(String rows) {
    List<String> lines = new ArrayList<>(Arrays.asList(rows.split("(?<=\n)")));
    return String.join("", lines.subList(1, lines.size()));
  }
}
