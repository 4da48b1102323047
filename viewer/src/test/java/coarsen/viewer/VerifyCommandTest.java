package coarsen.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.records.EventWindow;
import coarsen.records.MessageId;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.Reading;
import coarsen.records.RejectReason;
import coarsen.records.Rejected;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
  /** Windows from seconds 0 and 5; the reading at 6 s came on another partition. */
  private static final List<Reading> READINGS =
      List.of(
          reading(1, 1, 0, 0, 0),
          reading(2, 3, 0, 1, 0),
          reading(6, 0.25, 1, 0, 0),
          reading(7, 0.75, 0, 2, 0));

  private static final List<WindowSummary> WINDOWS =
      List.of(
          window(0, 2, 2, 1, 3, 1, Map.of(0, new OffsetRange(0, 1))),
          window(
              5,
              0.5,
              2,
              0.25,
              0.75,
              0.25,
              Map.of(0, new OffsetRange(2, 2), 1, new OffsetRange(0, 0))));

  @TempDir private Path folder;
  private Path raw;
  private Path reduced;
  private Path rejected;
  private List<String> out = List.of();
  private String err = "";

  @BeforeEach
  void makeOutputs() throws IOException {
    raw = Files.createDirectory(folder.resolve("raw"));
    reduced = Files.createDirectory(folder.resolve("reduced"));
    rejected = Files.createDirectory(folder.resolve("rejected"));
    writeRaw(READINGS);
    writeReduced(WINDOWS);
  }

  @Test
  void aReductionThatIsRightBalances() {
    assertEquals(ExitCode.OK, verify("--complete"), () -> out + err);
    assertEquals(
        List.of(
            "rejected                                    0",
            "raw rows                                    4",
            "  repeats, dropped                          0",
            "  in windows                                4",
            "  late                                      0",
            "  in open windows                           0",
            "windows checked                             2",
            "greatest difference of a mean               0",
            "everything balances"),
        out);
    assertEquals("", err);
  }

  @Test
  void theLimitToTheFutureMayBeOff() {
    assertEquals(ExitCode.OK, verify("--complete", "--maxFutureSkew=off"), () -> out + err);
    assertEquals(ExitCode.USAGE, verify("--maxFutureSkew=on"));
    assertTrue(err.contains("--maxFutureSkew: 'on' is not a duration"), err);
  }

  @Test
  void theOrderOfRowsAndFilesDoesNotMatter() throws IOException {
    List<Reading> reversed = new ArrayList<>(READINGS);
    Collections.reverse(reversed);
    writeRaw(reversed.subList(0, 2));
    write(raw.resolve("b.jsonl"), reversed.subList(2, 4).stream().map(Rows::line).toList());
    assertBalances();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"avg_value\":2,',    '\"avg_value\":2.0000000000000004,',"
        + "'expected avg_value 2.0, found 2.0000000000000004'",
    "'\"count\":2,\"min_value\":1,', '\"count\":3,\"min_value\":1,',"
        + " 'expected count 2, found 3'",
    "'\"min_value\":1,',    '\"min_value\":0,',    'expected min_value 1.0, found 0.0'",
    "'\"max_value\":3,',    '\"max_value\":4,',    'expected max_value 3.0, found 4.0'",
    "'\"stddev_value\":1,', '\"stddev_value\":1.000000000000001,',"
        + "'expected stddev_value 1.0, found 1.000000000000001'",
    "'\"0\":[0,1]',         '\"0\":[0,2]',"
        + "'expected offsets {\"0\":[0,1]}, found {\"0\":[0,2]}'",
  })
  void aValueThatWasChangedIsReported(String from, String to, String difference)
      throws IOException {
    Path file = reduced.resolve("a.jsonl");
    String rows = Files.readString(file);
    assertTrue(rows.contains(from), rows);
    Files.writeString(file, rows.replace(from, to));
    assertDifference("window 2021-01-23T12:12:00Z: " + difference);
  }

  @Test
  void aRawRowThatWasDroppedIsReported() throws IOException {
    writeRaw(READINGS.subList(1, 4));
    assertDifference(
        "window 2021-01-23T12:12:00Z: expected count 1, found 2; expected avg_value 3.0, found 2.0;"
            + " expected min_value 3.0, found 1.0; expected stddev_value 0.0, found 1.0;"
            + " expected offsets {\"0\":[1,1]}, found {\"0\":[0,1]}");
  }

  @Test
  void aReadingThatTheRowDoesNotCountIsReported() throws IOException {
    List<Reading> rows = new ArrayList<>(READINGS);
    rows.add(reading(3, 2, 0, 3, 0));
    writeRaw(rows);
    assertDifference("window 2021-01-23T12:12:00Z: expected count 3, found 2");
  }

  @Test
  void aRawRowThatIsThereTwiceIsDroppedAndCounted() throws IOException {
    List<Reading> twice = new ArrayList<>(READINGS);
    twice.add(READINGS.get(0));
    writeRaw(twice);
    assertBalances();
    assertTrue(out.contains("  repeats, dropped                          1"), out::toString);
  }

  @Test
  void aReducedRowThatWasDroppedIsReported() throws IOException {
    writeReduced(WINDOWS.subList(1, 2));
    assertDifference("window 2021-01-23T12:12:00Z: expected a row with count 2, found none");
  }

  @Test
  void aReducedRowWithoutReadingsIsReported() throws IOException {
    writeRaw(READINGS.subList(0, 2));
    assertDifference("window 2021-01-23T12:12:05Z: expected no row, found one with count 2");
  }

  @Test
  void theNewestRowOfAWindowCounts() throws IOException {
    WindowSummary wrong = window(0, 1, 1, 1, 1, 0, Map.of(0, new OffsetRange(0, 0)));
    WindowSummary right = Rows.with(WINDOWS.get(0), Pane.LATE, 0, 1);
    writeReduced(List.of(right, wrong, WINDOWS.get(1)));
    assertBalances();
    writeReduced(List.of(WINDOWS.get(0), Rows.with(wrong, Pane.LATE, 1, 0), WINDOWS.get(1)));
    assertEquals(ExitCode.FAILED, verify());
  }

  @Test
  void lateReadingsAreInNoWindow() throws IOException {
    List<Reading> rows = new ArrayList<>(READINGS);
    rows.add(late(reading(3, 99, 1, 1, 0)));
    writeRaw(rows);
    assertBalances("--allowedLateness=0s");
    assertTrue(out.contains("  late                                      1"), out::toString);
  }

  @Test
  void readingsAfterTheLastClosedWindowAreInOpenOnes() throws IOException {
    writeReduced(List.of(WINDOWS.get(0), Rows.with(WINDOWS.get(1), Pane.EARLY, 0, 0)));
    List<Reading> rows = new ArrayList<>(READINGS);
    rows.add(reading(11, 5, 0, 3, 0));
    writeRaw(rows);
    assertBalances();
    assertTrue(out.contains("  in open windows                           3"), out::toString);
    assertTrue(out.contains("windows checked                             1"), out::toString);
    assertEquals(ExitCode.FAILED, verify("--complete"));
    assertTrue(
        out.contains("window 2021-01-23T12:12:10Z: expected a row with count 1, found none"),
        out::toString);
  }

  @Test
  void withoutAnyReducedRowNothingIsDueUnlessTheInputHasEnded() throws IOException {
    writeReduced(List.of());
    assertBalances();
    assertEquals(ExitCode.FAILED, verify("--complete"));
    assertTrue(out.contains("expected reduced rows, found none"), out::toString);
  }

  @Test
  void anEmptyRawOutputDiffersInEveryWindow() throws IOException {
    writeRaw(List.of());
    assertEquals(ExitCode.FAILED, verify());
    assertEquals("2 differences", out.get(out.size() - 1));
  }

  @Test
  void ofOverlappingRunsTheRunOfTheNewestRowDecidesWhatWasLate() throws IOException {
    // Run 1 read the first three again, and found the first late; it wrote window 5 again.
    List<Reading> rows = new ArrayList<>(READINGS.subList(0, 3));
    rows.add(late(reading(1, 1, 0, 0, 1)));
    rows.add(late(reading(2, 3, 0, 1, 1)));
    rows.add(reading(6, 0.25, 1, 0, 1));
    rows.add(reading(7, 0.75, 0, 2, 1));
    writeRaw(rows);
    writeReduced(
        List.of(
            WINDOWS.get(0),
            window(5, 0.25, 1, 0.25, 0.25, 0, Map.of(1, new OffsetRange(0, 0))),
            Rows.with(WINDOWS.get(1), Pane.ON_TIME, 1, 0)));
    assertBalances("--allowedLateness=0s");
    assertTrue(out.contains("  repeats, dropped                          3"), out::toString);
  }

  @Test
  void aReadingThatOnlyALaterRunHasWaitsForThatRunsRow() throws IOException {
    List<Reading> rows = new ArrayList<>(READINGS);
    rows.add(reading(8, 5, 0, 3, 1));
    writeRaw(rows);
    assertBalances();
    assertTrue(out.contains("  in open windows                           1"), out::toString);
    writeReduced(
        List.of(
            WINDOWS.get(0),
            WINDOWS.get(1),
            Rows.with(window(10, 1, 1, 1, 1, 0, Map.of()), Pane.ON_TIME, 1, 0)));
    assertEquals(ExitCode.FAILED, verify());
    assertTrue(out.stream().anyMatch(line -> line.contains("12:12:05Z")), out::toString);
  }

  @Test
  void windowsBefore1970AreFound() throws IOException {
    long start = -5_000_000;
    writeRaw(List.of(new Reading(-1, 7, 0, 0, 0, false)));
    writeReduced(
        List.of(
            new WindowSummary(
                new EventWindow(start, 0),
                1,
                Rows.values(7, 7, 7, 0),
                Pane.ON_TIME,
                new RowVersion(0, 0),
                Provenance.of(Map.of(0, new OffsetRange(0, 0)), Map.of()))));
    assertEquals(ExitCode.OK, verify("--complete"), out::toString);
  }

  @Test
  void aReadingThatIsAlsoRejectedIsReported() throws IOException {
    reject(0, 1);
    assertDifference(
        "reading 0:1: expected in raw or rejected, found in both", "--rejected=files:" + rejected);
  }

  @Test
  void linesThatAreNotRowsAreDifferences() throws IOException {
    Files.writeString(raw.resolve("b.jsonl"), "no row\n");
    Files.writeString(reduced.resolve("b.jsonl"), "{\"count\":1}\n");
    Files.writeString(rejected.resolve("b.jsonl"), "[]\n");
    assertEquals(ExitCode.FAILED, verify("--rejected=files:" + rejected));
    assertEquals("3 differences", out.get(out.size() - 1));
    assertTrue(
        out.contains("reduced: a line is not a reduced row: it has no start_time"), () -> "" + out);
    assertTrue(
        out.contains("rejected: a line is not a rejected row: not a JSON object"), () -> "" + out);
  }

  @Test
  void aHalfLineIsNotARowYet() throws IOException {
    Path file = raw.resolve("a.jsonl");
    String rows = Files.readString(file);
    Files.writeString(file, rows.substring(0, rows.length() - 3));
    assertEquals(ExitCode.FAILED, verify());
    assertTrue(
        out.stream().anyMatch(line -> line.contains("expected count 1, found 2")), out::toString);
  }

  @Test
  void tenDifferencesArePrintedAndAllAreCounted() throws IOException {
    Files.writeString(raw.resolve("b.jsonl"), "no row\n".repeat(12));
    assertEquals(ExitCode.FAILED, verify());
    assertEquals(10, out.stream().filter(line -> line.startsWith("raw: a line is")).count());
    assertEquals(List.of("and 2 more", "12 differences"), out.subList(out.size() - 2, out.size()));
  }

  @Test
  void windowsOfAnotherLengthAreReported() throws IOException {
    WindowSummary first = WINDOWS.get(0);
    String longer = Rows.line(WINDOWS.get(1)).replace("12:12:10Z", "12:12:15Z");
    write(reduced.resolve("a.jsonl"), List.of(Rows.line(first), longer));
    assertEquals(ExitCode.FAILED, verify());
    assertTrue(
        out.contains(
            "window 2021-01-23T12:12:05Z/2021-01-23T12:12:15Z: expected 5000000 µs from a multiple"
                + " of that, found 10000000 µs"),
        out::toString);
  }

  @Test
  void windowsOfAnotherLengthThanTheOptionsAreReported() {
    assertEquals(ExitCode.FAILED, verify("--window=10s"));
    assertTrue(
        out.contains(
            "window 2021-01-23T12:12:00Z/2021-01-23T12:12:05Z: expected 10000000 µs from a multiple"
                + " of that, found 5000000 µs"),
        out::toString);
    assertEquals(ExitCode.OK, verify("--window=5s"));
  }

  @Test
  void windowsThatARunWithoutOptionsDoesNotWriteAreNoted() throws IOException {
    String note =
        "windows are 10000 ms long, so the run had options; whether readings are late is checked"
            + " with the defaults of --maxOutOfOrder and --allowedLateness";
    String row = Rows.line(WINDOWS.get(0)).replace("12:12:05Z", "12:12:10Z");
    write(reduced.resolve("a.jsonl"), List.of(row));
    writeRaw(READINGS.subList(0, 2));
    assertBalances();
    assertTrue(out.contains(note), out::toString);
    assertBalances("--allowedLateness=1h");
    assertTrue(!out.contains(note), out::toString);
  }

  @Test
  void readingsThatAreAllMarkedLateDoNotBalance() throws IOException {
    writeRaw(READINGS.stream().map(VerifyCommandTest::late).toList());
    writeReduced(List.of());
    assertEquals(ExitCode.FAILED, verify());
    assertEquals("4 differences", out.get(out.size() - 1));
    assertTrue(
        out.contains(
            "reading 0:0: expected not late, found late, of 2021-01-23T12:12:01Z in run 0 with"
                + " --maxOutOfOrder=2000ms, --allowedLateness=600000ms"),
        out::toString);
  }

  @Test
  void reducedRowsThatRepeatOthersAreCounted() throws IOException {
    writeReduced(List.of(WINDOWS.get(0), WINDOWS.get(1), WINDOWS.get(0)));
    assertBalances();
    assertTrue(out.contains("  repeated rows, dropped                    1"), out::toString);
  }

  @Test
  void wrongOptionsAndMissingPlacesAreReportedInOneLine() {
    assertEquals(ExitCode.USAGE, verify("--deep"));
    assertEquals(
        "coarsen verify: --deep needs --topic=NAME as well, whose messages it reads\n", err);
    assertEquals(ExitCode.USAGE, verify("--topic=readings", "--bootstrapServers=localhost:1"));
    assertEquals(
        "coarsen verify: --topic=readings needs --rejected as well, or rejected messages look"
            + " lost\n",
        err);
    assertEquals(ExitCode.USAGE, verify("--topic=readings", "--rejected=files:" + rejected));
    assertEquals(
        "coarsen verify: --topic=readings needs --bootstrapServers=HOST:PORT as well\n", err);
    assertEquals(ExitCode.USAGE, verify("--seriesField=device"));
    assertEquals(
        "coarsen verify: --seriesField=device needs --topic=NAME and --deep as well, to compare the"
            + " names of series with the messages\n",
        err);
    assertEquals(ExitCode.UNAVAILABLE, verify("--rejected=files:" + folder.resolve("none")));
    assertEquals("coarsen verify: there is no folder " + folder.resolve("none") + "\n", err);
  }

  private void assertBalances(String... options) {
    assertEquals(ExitCode.OK, verify(options), () -> out + err);
    assertEquals("everything balances", out.get(out.size() - 1));
  }

  private void assertDifference(String difference, String... options) {
    assertEquals(ExitCode.FAILED, verify(options), err);
    assertEquals(List.of(difference, "1 difference"), out.subList(out.size() - 2, out.size()));
  }

  private int verify(String... options) {
    List<String> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.add("--raw=files:" + raw);
    arguments.add("--reduced=files:" + reduced);
    var output = new StringWriter();
    var errors = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments.toArray(String[]::new));
    out = output.toString().lines().toList();
    err = errors.toString();
    return exitCode;
  }

  private void writeRaw(List<Reading> rows) throws IOException {
    write(raw.resolve("a.jsonl"), rows.stream().map(Rows::line).toList());
  }

  private void writeReduced(List<WindowSummary> rows) throws IOException {
    write(reduced.resolve("a.jsonl"), rows.stream().map(Rows::line).toList());
  }

  private void reject(int partition, long offset) throws IOException {
    var row =
        new Rejected(
            RejectReason.NOT_JSON, "no", new MessageId("readings", partition, offset), 0, 0, null);
    Files.writeString(rejected.resolve("a.jsonl"), row.toJson() + "\n");
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("", lines));
  }

  private static Reading reading(
      double seconds, double value, int partition, long offset, int run) {
    return Rows.reading(seconds, value, partition, offset, run);
  }

  private static Reading late(Reading row) {
    return new Reading(row.tsMicros(), row.value(), row.partition(), row.offset(), row.run(), true);
  }

  private static WindowSummary window(
      double startSeconds,
      double mean,
      long count,
      double min,
      double max,
      double deviation,
      Map<Integer, OffsetRange> offsets) {
    return new WindowSummary(
        new EventWindow(Rows.second(startSeconds), Rows.second(startSeconds + 5)),
        count,
        Rows.values(mean, min, max, deviation),
        Pane.ON_TIME,
        new RowVersion(0, 0),
        Provenance.of(offsets, Map.of()));
  }
}
