package coarsen.viewer;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.line;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.records.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  @TempDir private Path folder;
  private Path raw;
  private Path reduced;
  private String out = "";
  private String err = "";
  private String warning = "";

  @BeforeEach
  void makeOutputs() throws IOException {
    raw = Files.createDirectory(folder.resolve("raw"));
    reduced = Files.createDirectory(folder.resolve("reduced"));
  }

  @Test
  void showPrintsTheLastWindowsInTimeOrderEachInItsNewestRevision() throws IOException {
    Files.writeString(
        reduced.resolve("b.jsonl"),
        line(window(15, 1 / 3.0)) + line(window(10, 7, 1, 0)) + line(window(20, 1234567.891)));
    Files.writeString(reduced.resolve("a.jsonl"), line(window(5, 1)) + line(window(10, 6, 0, 3)));
    assertEquals(
        ExitCode.OK, run(new ShowCommand(), "--reduced=files:" + reduced, "--last=3"), () -> err);
    assertEquals(
        """
                  start_time              end_time  avg_value  count            min_value           max_value  stddev_value     pane  run  revision
        2021-01-23T12:12:05Z  2021-01-23T12:12:10Z          7    500                    6                   8           0.5  ON_TIME    1         0
        2021-01-23T12:12:10Z  2021-01-23T12:12:15Z   0.333333    500  -0.6666666666666667  1.3333333333333333           0.5  ON_TIME    0         0
        2021-01-23T12:12:15Z  2021-01-23T12:12:20Z    1234570    500          1234566.891         1234568.891           0.5  ON_TIME    0         0
        """,
        out);
    assertEquals("", err);
  }

  @Test
  void showPrintsReadingsOnceAndCountsBadLines() throws IOException {
    Files.writeString(
        raw.resolve("a.jsonl"),
        line(reading(2, 0.25, 1, 7, 0))
            + "no row\n"
            + line(reading(1, -3, 0, 12, 0))
            + line(reading(2, 0.25, 1, 7, 2))
            + "{\"half");
    assertEquals(ExitCode.OK, run(new ShowCommand(), "--raw=files:" + raw));
    assertEquals(
        """
                          ts  value  partition  offset  run   late
        2021-01-23T12:12:01Z     -3          0      12    0  false
        2021-01-23T12:12:02Z   0.25          1       7    2  false
        """,
        out);
    assertEquals("1 line was not a row\n", err);
  }

  @Test
  void showPrintsAllReadingsOfAMessageWithTheirIndex() throws IOException {
    Files.writeString(
        raw.resolve("a.jsonl"),
        line(new Reading(Rows.second(2), 8, 1, 7, 12, 0, false))
            + line(reading(2, 0.25, 1, 7, 0))
            + line(new Reading(Rows.second(2), 9, 1, 7, 3, 0, true)));
    assertEquals(ExitCode.OK, run(new ShowCommand(), "--raw=files:" + raw));
    assertEquals(
        """
                          ts  value  partition  offset  index  run   late
        2021-01-23T12:12:02Z   0.25          1       7      0    0  false
        2021-01-23T12:12:02Z      9          1       7      3    0   true
        2021-01-23T12:12:02Z      8          1       7     12    0  false
        """,
        out);
  }

  @Test
  void statisticsOfTheWindowsArePrintedBelowTheTable() throws IOException {
    Files.writeString(reduced.resolve("a.jsonl"), line(window(5, 1)) + line(window(10, 6)));
    assertEquals(
        ExitCode.OK, run(new ShowCommand(), "--reduced=files:" + reduced, "--stats"), () -> err);
    assertEquals(
        """
        windows                            2
        readings                        1000
        readings per row                 500
        rms error of the mean            0.5
        worst stddev                     0.5  in the window from 2021-01-23T12:12:00Z
        windows with a spike               0
        """,
        out.lines().skip(3).map(text -> text + "\n").collect(Collectors.joining()));
  }

  @Test
  void statisticsNeedReducedRows() throws IOException {
    assertEquals(ExitCode.USAGE, run(new ShowCommand(), "--raw=files:" + raw, "--stats"));
    assertEquals("coarsen show: --stats needs reduced rows; write --reduced, not --raw\n", err);
    assertEquals(ExitCode.OK, run(new ShowCommand(), "--reduced=files:" + reduced, "--stats"));
    assertTrue(out.endsWith("no windows, so no statistics\n"), out);
  }

  @Test
  void viewWithoutAWindowWritesThePictureAndEnds() throws IOException {
    Files.writeString(raw.resolve("a.jsonl"), line(reading(2, 1)) + line(reading(7, 2)));
    Files.writeString(reduced.resolve("a.jsonl"), line(window(5, 1)));
    Path png = folder.resolve("picture.png");
    assertEquals(
        ExitCode.OK,
        run(
            new ViewCommand(),
            "--raw=files:" + raw,
            "--reduced=files:" + reduced,
            "--show=none",
            "--snapshot=" + png),
        () -> err);
    var image = ImageIO.read(png.toFile());
    assertNotNull(image);
    assertEquals(1000, image.getWidth());
    assertEquals(600, image.getHeight());
  }

  @Test
  void aSnapshotMayBeSvgInTheDarkAndNothingUnfinishedStays() throws IOException {
    Files.writeString(raw.resolve("a.jsonl"), line(reading(2, 1)) + line(reading(7, 2)));
    Files.writeString(reduced.resolve("a.jsonl"), line(window(5, 1)));
    Path svg = Files.createDirectory(folder.resolve("pictures")).resolve("picture.svg");
    assertEquals(
        ExitCode.OK,
        run(
            new ViewCommand(),
            "--raw=files:" + raw,
            "--reduced=files:" + reduced,
            "--show=none",
            "--theme=dark",
            "--band",
            "--span=1m",
            "--snapshot=" + svg),
        () -> err);
    assertTrue(Files.readString(svg).contains("<svg"));
    try (var files = Files.list(svg.getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aPictureOfSomeOfManySeriesSaysSo() throws IOException {
    for (int i = 10; i < 30; i++) {
      String file = i + ".jsonl";
      Files.writeString(raw.resolve(file), line(reading(device("s" + i), 2, 1)));
      Files.writeString(reduced.resolve(file), line(window(device("s" + i), 5, 1)));
    }
    assertEquals(ExitCode.OK, view("--series=s1*", "--grid"), () -> err);
    assertEquals(
        "the picture has 8 of 10 series, those of the greatest spread; --series=PATTERN chooses"
            + " others\n",
        warning);
    assertEquals(ExitCode.OK, view("--series=device=s11", "--series=s29"), () -> err);
    assertEquals("", warning);
    assertEquals(ExitCode.OK, view("--series=s9*"), () -> err);
    assertEquals("none of 20 series matches; the picture is empty\n", warning);
    assertEquals(ExitCode.OK, view("--allReadings"), () -> err);
    assertEquals("", warning);
  }

  @Test
  void seriesThatAreAskedForInVainAreReported() throws IOException {
    Files.writeString(raw.resolve("a.jsonl"), line(reading(2, 1)));
    assertEquals(ExitCode.OK, view("--series=press-04"), () -> err);
    assertEquals("the rows name no series; the picture has all readings\n", warning);
    assertEquals(ExitCode.OK, view(), () -> err);
    assertEquals("", warning);
  }

  @Test
  void whichSeriesToDrawIsChecked() {
    for (List<String> wrong :
        List.of(
            List.of("--top=0", "--top=0 is out of range; write 1 to 8"),
            List.of("--top=9", "--top=9 is out of range; write 1 to 8"),
            List.of(
                "--series=",
                "--series=: a series is missing; write its name or a pattern, such as"),
            List.of("--allReadings --top=3", "--allReadings and --top contradict each other"),
            List.of("--allReadings --series=a", "--allReadings and --series contradict each"))) {
      assertEquals(ExitCode.USAGE, view(wrong.get(0).split(" ")));
      assertTrue(err.contains(wrong.get(1)), err);
    }
  }

  private int view(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--raw=files:" + raw,
            "--reduced=files:" + reduced,
            "--show=none",
            "--snapshot=" + folder.resolve("series.png")));
    PrintStream before = System.err;
    var printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, UTF_8));
    try {
      return run(new ViewCommand(), all.toArray(new String[0]));
    } finally {
      System.setErr(before);
      warning = printed.toString(UTF_8);
    }
  }

  @Test
  void aMissingOptionIsAUsageErrorThatNamesIt() {
    assertEquals(ExitCode.USAGE, run(new ViewCommand(), "--raw=files:x"));
    assertTrue(err.contains("--reduced"), err);
  }

  @Test
  void viewReportsWhatIsWrongWithItsOptions() {
    assertUsage("--points=0 is out of range; write 1 to 100000", "--points=0");
    assertUsage("--show=none needs --snapshot=FILE.png, or it shows nothing", "--show=none");
    assertUsage(
        "there is no display for a window; --show=web serves a page, and --show=none"
            + " --snapshot=FILE.png writes a picture",
        "--show=window");
    assertUsage("--port=70000 is not a port; write 0 to 65535", "--show=web", "--port=70000");
    assertUsage(
        "--port is for a page; write --show=web as well",
        "--show=none",
        "--snapshot=a.png",
        "--port=8081");
    assertUsage(
        "--host is for a page; write --show=web as well",
        "--show=none",
        "--snapshot=a.png",
        "--host=0.0.0.0");
    assertUsage(
        "--allowHost is for a page; write --show=web as well",
        "--show=none",
        "--snapshot=a.png",
        "--allowHost=plots.example.com");
    assertUsage(
        "--allowHost=https://plots.example.com/ is not a host name; write it without scheme, port"
            + " and path, such as plots.example.com",
        "--show=web",
        "--allowHost=plots.example.com",
        "--allowHost=https://plots.example.com/");
    assertUsage(
        "--host=no host is not known; write a name or address of this machine",
        "--show=web",
        "--host=no host");
    assertUsage(
        "--snapshot=nowhere/a.png can't be written; name a file in an existing folder",
        "--snapshot=nowhere/a.png");
    assertUsage(
        "--snapshot=a.gif has an unknown format; name a file.png or a file.svg",
        "--snapshot=a.gif");
    assertUsage("--snapshotEvery needs --snapshot=FILE.png as well", "--snapshotEvery=10s");
    assertUsage(
        "--points and --span contradict each other; write one of them", "--points=3", "--span=1m");
    assertUsage("--span is out of range; write 1ms to 36500d", "--span=0s");
    assertUsage(
        "--yMin=5.0 is not below --yMax=4.0; write a smaller --yMin", "--yMin=5", "--yMax=4");
    assertUsage("--yMax=NaN is not a limit; write a finite number", "--yMax=NaN");
    assertUsage(
        "--zone=Mars is not a time zone; write one such as UTC, Europe/Berlin or +02:00",
        "--zone=Mars");
    assertUsage(
        "--rejected=topic:x needs --bootstrapServers=HOST:PORT as well", "--rejected=topic:x");
    assertUsage(
        "--reduced=topic:x needs --bootstrapServers=HOST:PORT as well", "--reduced=topic:x");
    assertUsage(
        "'s3://bucket' is not on this machine; rows are read from local folders and topics",
        "--reduced=files:s3://bucket");
  }

  private void assertUsage(String message, String... options) {
    var command = Commands.commandLine(new ViewCommand()).setOverwrittenOptionsAllowed(true);
    String[] all = new String[options.length + 2];
    all[0] = "--raw=files:" + raw;
    all[1] = "--reduced=files:" + reduced;
    System.arraycopy(options, 0, all, 2, options.length);
    assertEquals(ExitCode.USAGE, run(command, all), err);
    assertEquals("coarsen view: " + message + "\n", err);
  }

  @Test
  void showTakesOneOutput() {
    assertEquals(
        ExitCode.USAGE, run(new ShowCommand(), "--raw=files:" + raw, "--reduced=files:" + reduced));
    assertTrue(err.contains("--raw") && err.contains("exclusive"), err);
    assertEquals(ExitCode.USAGE, run(new ShowCommand()));
    assertTrue(err.contains("--raw") && err.contains("--reduced"), err);
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void showReportsWhatIsWrongWithItsOptions() {
    assertEquals(ExitCode.USAGE, run(new ShowCommand(), "--raw=files:" + raw, "--last=0"));
    assertEquals("coarsen show: --last=0 is out of range; write 1 to 1000000\n", err);
    assertEquals(ExitCode.USAGE, run(new ShowCommand(), "--raw=topic:x"));
    assertEquals("coarsen show: --raw=topic:x needs --bootstrapServers=HOST:PORT as well\n", err);
  }

  @Test
  void aFolderThatIsNotThereIsUnavailableIfItIsReadOnce() {
    Path none = folder.resolve("none");
    assertEquals(ExitCode.UNAVAILABLE, run(new ShowCommand(), "--raw=files:" + none));
    assertEquals("coarsen show: there is no folder " + none + "\n", err);
    Path png = folder.resolve("picture.png");
    assertEquals(
        ExitCode.UNAVAILABLE,
        run(
            new ViewCommand(),
            "--raw=files:" + none,
            "--reduced=files:" + reduced,
            "--show=none",
            "--snapshot=" + png));
    assertEquals("coarsen view: there is no folder " + none + "\n", err);
    assertFalse(Files.exists(png));
  }

  @Test
  void aMalformedAddressIsRefusedAndNamed() {
    assertEquals(
        ExitCode.USAGE, run(new ShowCommand(), "--raw=topic:x", "--bootstrapServers=nonsense"));
    assertTrue(err.contains("--bootstrapServers=nonsense") && err.contains("HOST:PORT"), err);
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void aBrokerThatIsNotThereIsUnavailableAndNamedAtOnce() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertEquals(
        ExitCode.UNAVAILABLE,
        run(new ShowCommand(), "--raw=topic:x", "--bootstrapServers=127.0.0.1:" + port));
    assertEquals(
        "coarsen show: no Kafka broker answers at 127.0.0.1:"
            + port
            + "; start one with ./coarsen broker, or correct --bootstrapServers\n",
        err);
  }

  @Test
  void helpFitsOneScreen() {
    assertEquals(ExitCode.OK, run(new ViewCommand(), "--help"));
    assertTrue(out.lines().count() <= 60, out);
    assertEquals(ExitCode.OK, run(new ShowCommand(), "--help"));
    assertTrue(out.lines().count() <= 40, out);
    assertEquals(ExitCode.OK, run(new VerifyCommand(), "--help"));
    assertTrue(out.lines().count() <= 60, out);
  }

  private int run(Callable<Integer> command, String... arguments) {
    return run(Commands.commandLine(command), arguments);
  }

  private int run(CommandLine line, String... arguments) {
    var output = new StringWriter();
    var errors = new StringWriter();
    line.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
    int exitCode = line.execute(arguments);
    out = output.toString();
    err = errors.toString();
    return exitCode;
  }
}
