package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Ledger;
import coarsen.testbed.Pace;
import coarsen.testbed.ReadingKind;
import coarsen.viewer.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    var settings =
        new GeneratorSettings(
            new GeneratorSettings.Target(new KafkaClients(servers), TOPIC, 4),
            new Pace(40_000, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 1000), FAULTS, 1));
    try (var generator = new Generator(settings, line -> {})) {
      made = generator.run();
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
        VerifyIT::withoutFirstLine,
        () -> assertDiffers("found in neither", raw, reduced, rejected));
    assertBalances(raw, reduced, rejected);
  }

  private static void run(Location raw, Location reduced, Location rejected) {
    var settings =
        new RunSettings(
            new RunSettings.Source(
                new KafkaClients(servers), TOPIC, RunSettings.From.EARLIEST, true),
            JsonFormat.DEFAULT,
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

  private void assertDiffers(String what, Location raw, Location reduced, Location rejected) {
    assertEquals(ExitCode.FAILED, verify(raw, reduced, rejected));
    assertTrue(
        printed.stream().anyMatch(line -> line.contains(what)), () -> String.join("\n", printed));
  }

  private int verify(Location raw, Location reduced, Location rejected) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                "--raw=" + raw,
                "--reduced=" + reduced,
                "--rejected=" + rejected,
                "--topic=" + TOPIC,
                "--complete",
                "--bootstrapServers=" + servers);
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
