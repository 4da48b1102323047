package coarsen.viewer;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.line;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.records.Series;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowSeriesTest {
  private static final Series PRESS_4 = device("press-04");
  private static final Series PRESS_5 = device("press-05");
  private static final Series OVEN = device("oven");

  @TempDir private Path folder;
  private String out = "";
  private String err = "";

  private int show(String... arguments) {
    var printed = new StringWriter();
    var errors = new StringWriter();
    int exit =
        Commands.commandLine(new ShowCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    out = printed.toString();
    err = errors.toString();
    return exit;
  }

  private void write(String... lines) throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), String.join("", lines));
  }

  /** Rows of series are on both sides of those of all readings, and have greater revisions. */
  private void writeWindows() throws IOException {
    write(
        line(window(PRESS_4, 10, 4)),
        line(window(10, 7)),
        line(window(OVEN, 10, 9)),
        line(window(PRESS_5, 5, 5)),
        line(window(5, 6)),
        line(window(PRESS_4, 5, 3, 1, 2)),
        line(window(PRESS_4, 5, 2, 1, 0)),
        line(window(PRESS_4, 5, 1, 0, 5)));
  }

  @Test
  void windowsAreThoseOfAllReadingsUnlessSeriesAreAskedFor() throws IOException {
    writeWindows();

    assertEquals(ExitCode.OK, show("--reduced=files:" + folder), () -> err);

    assertEquals(
        """
                  start_time              end_time  avg_value  count  min_value  max_value  stddev_value     pane  run  revision
        2021-01-23T12:12:00Z  2021-01-23T12:12:05Z          6    500          5          7           0.5  ON_TIME    0         0
        2021-01-23T12:12:05Z  2021-01-23T12:12:10Z          7    500          6          8           0.5  ON_TIME    0         0
        """,
        out);
    assertEquals(
        "the rows are of all readings; --series='*' prints those of 3 series, --series=PATTERN of"
            + " some\n",
        err);
  }

  @Test
  void statisticsOfSeriesCountRowsOfWhichAWindowHasSeveral() throws IOException {
    writeWindows();

    assertEquals(
        ExitCode.OK, show("--reduced=files:" + folder, "--series=*", "--stats"), () -> err);

    assertEquals(
        """
        rows                               4
        readings                         200
        readings per row                  50
        rms error of the mean            0.5
        worst stddev                     0.5  in the window from 2021-01-23T12:12:00Z
        rows with a spike                  0
        """,
        out.lines().skip(5).map(text -> text + "\n").collect(Collectors.joining()));
  }

  @Test
  void windowsOfSeriesThatMatchArePrintedEachInItsNewestRevision() throws IOException {
    writeWindows();

    assertEquals(ExitCode.OK, show("--reduced=files:" + folder, "--series=press-*"), () -> err);

    assertEquals(
        """
                  start_time              end_time           series  avg_value  count  min_value  max_value  stddev_value     pane  run  revision
        2021-01-23T12:12:00Z  2021-01-23T12:12:05Z  device=press-04          3     50          2          4           0.5  ON_TIME    1         2
        2021-01-23T12:12:00Z  2021-01-23T12:12:05Z  device=press-05          5     50          4          6           0.5  ON_TIME    0         0
        2021-01-23T12:12:05Z  2021-01-23T12:12:10Z  device=press-04          4     50          3          5           0.5  ON_TIME    0         0
        """,
        out);
    assertEquals("", err);
  }

  @Test
  void theLastRowsAreOfTheSeriesThatMatch() throws IOException {
    writeWindows();

    assertEquals(
        ExitCode.OK, show("--reduced=files:" + folder, "--series=device=press-05", "--last=1"));

    assertEquals(2, out.lines().count(), out);
    assertTrue(out.contains("2021-01-23T12:12:05Z  device=press-05          5 "), out);
  }

  @Test
  void statisticsAreThoseOfTheRowsThatArePrinted() throws IOException {
    writeWindows();

    show("--reduced=files:" + folder, "--stats");
    assertTrue(out.contains("readings                        1000\n"), out);

    show("--reduced=files:" + folder, "--series=press-04", "--series=oven", "--stats");
    assertTrue(out.contains("readings                         150\n"), out);
  }

  @Test
  void readingsAreThoseOfAllSeriesUnlessSomeAreAskedFor() throws IOException {
    write(line(reading(OVEN, 2, 7)), line(reading(PRESS_4, 1, 8)), line(reading(3, 9)));

    assertEquals(ExitCode.OK, show("--raw=files:" + folder), () -> err);
    assertEquals(
        """
                          ts           series  value  partition  offset  run   late
        2021-01-23T12:12:01Z  device=press-04      8          0    1000    0  false
        2021-01-23T12:12:02Z      device=oven      7          0    2000    0  false
        2021-01-23T12:12:03Z                       9          0    3000    0  false
        """,
        out);
    assertEquals("", err);

    assertEquals(ExitCode.OK, show("--raw=files:" + folder, "--series=oven"), () -> err);
    assertEquals(
        """
                          ts       series  value  partition  offset  run   late
        2021-01-23T12:12:02Z  device=oven      7          0    2000    0  false
        """,
        out);
    assertEquals("", err);
  }

  @Test
  void patternsThatMatchNothingAreNamedWithSomeSeriesThatAreThere() throws IOException {
    writeWindows();

    assertEquals(ExitCode.OK, show("--reduced=files:" + folder, "--series=press-9"));
    assertEquals(1, out.lines().count(), out);
    assertEquals(
        "--series=press-9 matches none of 3 series, such as device=press-04 device=oven"
            + " device=press-05\n",
        err);

    show("--reduced=files:" + folder, "--series=x", "--series=oven", "--series=y?");
    assertEquals(2, out.lines().count(), out);
    assertTrue(err.startsWith("--series=x, --series=y? match none of 3 series, such as "), err);
  }

  @Test
  void labelsCannotControlTheTerminal() throws IOException {
    Series awkward = device("\u001b[2J\u009b1m\u202e4");
    write(line(reading(awkward, 1, 7)));

    show("--raw=files:" + folder);
    assertTrue(out.contains("  device=\\u001b[2J\\u009b1m\\u202e4  "), out);

    show("--raw=files:" + folder, "--series=x");
    assertTrue(err.endsWith(" of 1 series, such as device=\\u001b[2J\\u009b1m\\u202e4\n"), err);
  }

  @Test
  void rowsWithoutSeriesAreSaidToHaveNone() throws IOException {
    write(line(window(5, 1)));

    assertEquals(ExitCode.OK, show("--reduced=files:" + folder, "--series=*"));
    assertEquals("the rows name no series, so --series matches none\n", err);

    assertEquals(ExitCode.OK, show("--reduced=files:" + folder));
    assertEquals("", err);
  }

  @Test
  void anEmptyPatternIsRefused() {
    assertEquals(ExitCode.USAGE, show("--raw=files:" + folder, "--series="));
    assertTrue(
        err.startsWith("coarsen show: --series=: a series is missing; write its name or a pattern"),
        err);
  }

  @Test
  void seriesAreCountedUpToALimit() {
    var filter = new SeriesFilter(List.of(), 2);
    filter.takesWindow(OVEN);
    filter.takesWindow(PRESS_4);
    filter.takesWindow(OVEN);
    assertTrue(filter.note(false).orElseThrow().contains(" of 2 series"));

    assertFalse(filter.takesWindow(PRESS_5));
    assertTrue(filter.note(false).orElseThrow().contains(" of more than 2 series"));
  }
}
