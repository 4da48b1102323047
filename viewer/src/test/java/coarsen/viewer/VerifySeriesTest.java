package coarsen.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Devices a and b. In the first window a reads 1 and 3, and b 5 and then, after the window was
 * written, 7. In the second a reads 2.
 */
class VerifySeriesTest {
  private static final String RAW =
      """
      {"ts":"2021-01-23T12:12:01Z","series":{"device":"a"},"value":1,"partition":0,"offset":0,"run":0}
      {"ts":"2021-01-23T12:12:02Z","series":{"device":"b"},"value":5,"partition":0,"offset":1,"run":0}
      {"ts":"2021-01-23T12:12:03Z","series":{"device":"a"},"value":3,"partition":0,"offset":2,"run":0}
      {"ts":"2021-01-23T12:12:09Z","series":{"device":"a"},"value":2,"partition":0,"offset":3,"run":0}
      {"ts":"2021-01-23T12:12:04Z","series":{"device":"b"},"value":7,"partition":0,"offset":4,"run":0}
      """;

  private static final String FIRST =
      "{\"start_time\":\"2021-01-23T12:12:00Z\",\"end_time\":\"2021-01-23T12:12:05Z\",";
  private static final String SECOND =
      "{\"start_time\":\"2021-01-23T12:12:05Z\",\"end_time\":\"2021-01-23T12:12:10Z\",";

  private static final String A =
      FIRST
          + "\"series\":{\"device\":\"a\"},\"avg_value\":2,\"count\":2,\"min_value\":1,\"max_value\":3,"
          + "\"stddev_value\":1,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0}";
  private static final String B =
      FIRST
          + "\"series\":{\"device\":\"b\"},\"avg_value\":5,\"count\":1,\"min_value\":5,\"max_value\":5,"
          + "\"stddev_value\":0,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0}";
  private static final String ALL =
      FIRST
          + "\"avg_value\":3,\"count\":3,\"series_count\":2,\"min_value\":1,\"max_value\":5,"
          + "\"stddev_value\":1.632993161855452,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0,"
          + "\"offsets\":{\"0\":[0,2]},\"replay_from\":{\"0\":0}}";
  private static final String B_LATE =
      FIRST
          + "\"series\":{\"device\":\"b\"},\"avg_value\":6,\"count\":2,\"min_value\":5,\"max_value\":7,"
          + "\"stddev_value\":1,\"pane\":\"LATE\",\"run\":0,\"revision\":1}";
  private static final String ALL_LATE =
      FIRST
          + "\"avg_value\":4,\"count\":4,\"series_count\":2,\"min_value\":1,\"max_value\":7,"
          + "\"stddev_value\":2.23606797749979,\"pane\":\"LATE\",\"run\":0,\"revision\":1,"
          + "\"offsets\":{\"0\":[0,4]},\"replay_from\":{\"0\":0}}";
  private static final String A_SECOND =
      SECOND
          + "\"series\":{\"device\":\"a\"},\"avg_value\":2,\"count\":1,\"min_value\":2,\"max_value\":2,"
          + "\"stddev_value\":0,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0}";
  private static final String ALL_SECOND =
      SECOND
          + "\"avg_value\":2,\"count\":1,\"series_count\":1,\"min_value\":2,\"max_value\":2,"
          + "\"stddev_value\":0,\"pane\":\"ON_TIME\",\"run\":0,\"revision\":0,"
          + "\"offsets\":{\"0\":[3,3]},\"replay_from\":{\"0\":3}}";

  private static final List<String> REDUCED =
      List.of(A, B, ALL, B_LATE, ALL_LATE, A_SECOND, ALL_SECOND);

  @TempDir private Path folder;

  private String verify(int exitCode, List<String> reduced) throws IOException {
    return verify(exitCode, RAW, reduced);
  }

  private String verify(int exitCode, String raw, List<String> reduced) throws IOException {
    Files.createDirectories(folder.resolve("raw"));
    Files.createDirectories(folder.resolve("reduced"));
    Files.writeString(folder.resolve("raw/a.jsonl"), raw);
    Files.writeString(folder.resolve("reduced/a.jsonl"), String.join("\n", reduced) + "\n");
    var printed = new StringWriter();
    int exit =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(
                "--raw=files:" + folder.resolve("raw"),
                "--reduced=files:" + folder.resolve("reduced"),
                "--complete");
    assertEquals(exitCode, exit, printed.toString());
    return printed.toString();
  }

  private static List<String> without(String row) {
    List<String> rows = new ArrayList<>(REDUCED);
    assertTrue(rows.remove(row));
    return rows;
  }

  private static List<String> with(String row) {
    List<String> rows = new ArrayList<>(REDUCED);
    rows.add(row);
    return rows;
  }

  private static List<String> changed(String row, String part, String other) {
    assertTrue(row.contains(part));
    List<String> rows = without(row);
    rows.add(row.replace(part, other));
    return rows;
  }

  private static String revision(int revision, String row) {
    return row.replace("\"revision\":0", "\"revision\":" + revision);
  }

  private static void assertSays(String printed, String expected) {
    assertTrue(printed.contains(expected), printed);
  }

  @Test
  void rowsOfSeriesThatAreRightBalance() throws IOException {
    String printed = verify(ExitCode.OK, REDUCED);

    assertSays(printed, "windows of series checked                   3");
    assertSays(printed, "everything balances");
  }

  @Test
  void theSameRowTwiceBalances() throws IOException {
    assertSays(verify(ExitCode.OK, with(A)), "everything balances");
  }

  @Test
  void aMissingRowIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, without(A_SECOND)),
        "window 2021-01-23T12:12:05Z of device=a: expected a row with count 1, found none");
  }

  @Test
  void aMissingCorrectionIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, without(B_LATE)),
        "window 2021-01-23T12:12:00Z of device=b: expected count 2, found 1");
  }

  @Test
  void aMissingFirstRowIsFoundAlthoughTheNewestIsThere() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, without(B)),
        "window 2021-01-23T12:12:00Z: run 0, revision 0: expected rows of 2 series");
  }

  @Test
  void twoRowsOfOneNameThatDifferAreFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, with(A.replace("\"avg_value\":2,", "\"avg_value\":2.5,"))),
        "of device=a: expected one row of run 0, revision 0, found two that differ");
  }

  @Test
  void aRowUnderAnotherNameIsFound() throws IOException {
    String printed = verify(ExitCode.FAILED, changed(A, "\"device\":\"a\"", "\"device\":\"c\""));

    assertSays(printed, "of device=a: expected a row with count 2, found none");
    assertSays(printed, "of device=c:");
  }

  @Test
  void namesThatAreSwappedAreFound() throws IOException {
    List<String> rows = new ArrayList<>(REDUCED);
    rows.remove(A);
    rows.remove(B);
    rows.add(A.replace("\"device\":\"a\"", "\"device\":\"b\""));
    rows.add(B.replace("\"device\":\"b\"", "\"device\":\"a\""));

    assertSays(verify(ExitCode.FAILED, rows), "of device=a: expected count 2, found 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"avg_value\":2,', '\"avg_value\":2.0000000000000004,', expected avg_value 2.0",
    "'\"min_value\":1,', '\"min_value\":0,', expected min_value 1.0",
    "'\"max_value\":3,', '\"max_value\":4,', expected max_value 3.0",
    "'\"stddev_value\":1,', '\"stddev_value\":2,', expected stddev_value 1.0",
    "'\"count\":2,', '\"count\":3,', 'expected count 2, found 3'"
  })
  void aWrongNumberIsFound(String part, String other, String expected) throws IOException {
    assertSays(verify(ExitCode.FAILED, changed(A, part, other)), "of device=a: " + expected);
  }

  @Test
  void aWrongNumberOfSeriesIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, changed(ALL_SECOND, "\"series_count\":1", "\"series_count\":0")),
        "window 2021-01-23T12:12:05Z");
    assertSays(
        verify(ExitCode.FAILED, changed(ALL_LATE, "\"series_count\":2", "\"series_count\":3")),
        "expected rows of 3 series, as series_count says, found 2");
  }

  @Test
  void anotherPaneThanThatOfAllReadingsIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, changed(A, "ON_TIME", "EARLY")),
        "of device=a: run 0, revision 0: expected pane ON_TIME");
  }

  @Test
  void aLateRowOfASeriesThatDidNotChangeIsFound() throws IOException {
    String again = A.replace("ON_TIME", "LATE").replace("\"revision\":0", "\"revision\":1");

    assertSays(verify(ExitCode.FAILED, with(again)), "of device=a: run 0, revision 1: expected no");
  }

  @Test
  void aReadingWithoutASeriesAmongOthersIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, RAW.replaceFirst("\"series\":\\{\"device\":\"b\"},", ""), REDUCED),
        "expected a series in all raw rows or in none, found 4 with one and 1 without");
  }

  @Test
  void rowsOfAllReadingsAloneAreNotEnough() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String row : List.of(ALL, ALL_LATE, ALL_SECOND)) {
      rows.add(row.replaceFirst("\"series_count\":[0-9],", ""));
    }

    assertSays(
        verify(ExitCode.FAILED, rows),
        "expected reduced rows of series, for raw rows have series, found none");
  }

  @Test
  void anOnTimePaneThatLacksASeriesOfTheEarlyOneIsFound() throws IOException {
    List<String> rows = new ArrayList<>(List.of(A_SECOND, ALL_SECOND));
    for (String row : List.of(A, B, ALL)) {
      rows.add(row.replace("ON_TIME", "EARLY"));
    }
    for (String row : List.of(A, ALL)) {
      rows.add(revision(1, row));
    }
    for (String row : List.of(B_LATE, ALL_LATE)) {
      rows.add(row.replace("\"revision\":1", "\"revision\":2"));
    }
    assertSays(
        verify(ExitCode.FAILED, rows),
        "window 2021-01-23T12:12:00Z: run 0, revision 1: expected a row of each of the 2 series in"
            + " the ON_TIME pane, found 1");

    rows.add(revision(1, B));
    assertSays(verify(ExitCode.OK, rows), "everything balances");
  }

  @Test
  void aWrongCountOfAnOlderRowIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, changed(B, "\"count\":1", "\"count\":2")),
        "run 0, revision 0: expected the counts of the series to add up to 3, found 4");
  }

  @Test
  void aMissingRowOfAllReadingsIsFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, without(ALL_LATE)),
        "run 0, revision 1: expected a row of all readings, for 1 series have one, found none");
  }

  @Test
  void rowsOfARunThatDidNotReadTheSeriesAreFoundAndTheOtherWayRound() throws IOException {
    String rawOfFirstRun =
        RAW.lines()
            .filter(line -> line.contains("\"device\":\"a\""))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    List<String> rows = new ArrayList<>(List.of(B, ALL_SECOND));
    for (String row : REDUCED) {
      rows.add(row.replace("\"run\":0", "\"run\":1"));
    }

    String printed =
        verify(ExitCode.FAILED, rawOfFirstRun + RAW.replace("\"run\":0", "\"run\":1"), rows);

    assertSays(printed, "of device=b: expected no row of run 0, which did not read it");
    assertSays(printed, "of device=a: expected a row of run 0, which read it, found none");
  }

  @Test
  void rowsOfSeriesOfReadingsWithoutAnyAreFound() throws IOException {
    assertSays(
        verify(ExitCode.FAILED, RAW.replaceAll("\"series\":\\{[^}]*},", ""), REDUCED),
        "expected no reduced rows of series, for raw rows have no series, found some");
  }
}
