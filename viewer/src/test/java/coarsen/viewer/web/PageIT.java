package coarsen.viewer.web;

import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coarsen.http.ServerAddress;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: what it draws, what keys and mouse do, and what it requests. */
@Timeout(120)
class PageIT {
  @TempDir private static Path profile;
  private static Chromium browser;

  @TempDir private Path folder;
  private final ViewModel model = new ViewModel(InstantSource.system(), false);
  private PageServer server;
  private Tab tab;

  @BeforeAll
  static void startBrowser() throws IOException {
    if (Chromium.program().isEmpty()) {
      System.err.println("PageIT is skipped: no chromium on the PATH");
    }
    assumeTrue(Chromium.program().isPresent(), "no chromium on the PATH");
    browser = Chromium.start(profile);
  }

  @AfterAll
  static void endBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    server = serve(0, PlotStyle.DEFAULT);
    tab = browser.open(URI.create(server.address()));
  }

  @AfterEach
  void close() {
    tab.close();
    server.close();
  }

  @Test
  void bothLinesAreDrawnWithoutViolatingThePolicy() throws Exception {
    assertEquals("waiting for readings", tab.text("#note"));
    feed(0, 60);
    tab.await("document.querySelector('.uplot canvas') !== null");
    awaitRows(61, 12);
    assertEquals("Readings and their window means, 2021-01-23", tab.text("h1"));
    assertTrue(tab.text("#status").contains("500 readings a row"), tab.text("#status"));
    BufferedImage picture = tab.screenshot();
    assertTrue(count(picture, PageIT::isBlue) > 1_000, "blue");
    assertTrue(count(picture, PageIT::isRed) > 200, "red");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void newRowsAreDrawnOnEveryOpenPage() throws Exception {
    feed(0, 20);
    try (Tab other = browser.open(URI.create(server.address()))) {
      feed(21, 40);
      for (Tab each : List.of(tab, other)) {
        each.await("document.querySelector('#status').innerText.includes('41 rows')");
        assertEquals(41, csv(each).stream().filter(line -> line.startsWith("original")).count());
      }
    }
  }

  @Test
  void aPauseHoldsThePictureAndCountsTheWaitingRows() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    tab.press(" ");
    tab.await("!document.querySelector('#badge').hidden");
    List<String> before = csv(tab);
    feed(61, 75);
    tab.await("document.querySelector('#badge').innerText.includes('PAUSED, 18 rows waiting')");
    assertEquals(before, csv(tab));
    tab.press(" ");
    tab.await("document.querySelector('#badge').hidden");
    assertTrue(csv(tab).size() > before.size());
  }

  @Test
  void draggingZoomsAndPausesAndEscapeFollowsAgain() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    int all = csv(tab).size();
    tab.drag(400, 700, 250);
    tab.await("document.querySelector('#badge').innerText.includes('zoomed')");
    tab.await("document.querySelector('.u-select').offsetWidth === 0");
    int zoomed = csv(tab).size();
    assertTrue(zoomed > 5 && zoomed < all / 2, zoomed + " of " + all);
    tab.press("Escape");
    tab.await("document.querySelector('#badge').hidden");
    assertEquals(all, csv(tab).size());
  }

  @Test
  void pointingShowsTheValues() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    tab.move(600, 250);
    tab.await(
        "/Time.*2021-01-23 12:12:\\d\\d/.test(document.querySelector('.u-legend').innerText"
            + ".replaceAll('\\n', ' '))");
    assertTrue(tab.text(".u-legend").matches("(?s).*Original\\D*\\d+.*"), tab.text(".u-legend"));
  }

  @Test
  void plusShowsTwiceAsMuchTimeAndMinusHalf() throws Exception {
    feed(0, 400);
    tab.await("document.querySelector('#status').innerText.includes('401 rows')");
    awaitOriginals(100);
    tab.press("+");
    awaitOriginals(200);
    tab.press("-");
    awaitOriginals(100);
    tab.press("-");
    awaitOriginals(50);
  }

  @Test
  void theLegendHidesALineAndShowsItAgain() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    long blue = count(plot(), PageIT::isBlue);
    String place =
        "(() => { const box = document.querySelectorAll('.u-series th')[1].getBoundingClientRect();"
            + " return [box.x + box.width / 2, box.y + box.height / 2]; })()";
    double x = tab.evaluate(place).get(0).asDouble();
    double y = tab.evaluate(place).get(1).asDouble();
    tab.click(x, y);
    tab.await("document.querySelectorAll('.u-series')[1].className.includes('u-off')");
    assertTrue(count(plot(), PageIT::isBlue) < blue / 20);
    assertEquals(0, originals(tab));
    tab.click(x, y);
    tab.await("!document.querySelectorAll('.u-series')[1].className.includes('u-off')");
    assertTrue(count(plot(), PageIT::isBlue) > blue / 2);
  }

  @Test
  void thePageReconnectsToARestartedServerWithoutAGap() throws Exception {
    feed(0, 20);
    awaitRows(21, 4);
    int port = URI.create(server.address()).getPort();
    server.close();
    tab.await("!document.querySelector('#lost').hidden");
    assertTrue(tab.text("#lost").contains("reconnecting"), tab.text("#lost"));
    feed(21, 40);
    server = serve(port, PlotStyle.DEFAULT);
    tab.await("document.querySelector('#lost').hidden");
    awaitRows(41, 8);
    assertEquals(41, originals(tab));
  }

  @Test
  void aGapBreaksTheLine() throws Exception {
    feed(0, 20);
    feed(100, 120);
    awaitRows(42, 8);
    BufferedImage plot = plot();
    BufferedImage middle = plot.getSubimage(plot.getWidth() * 4 / 10, 0, plot.getWidth() / 5, 300);
    assertTrue(count(plot, PageIT::isBlue) > 500);
    assertEquals(0, count(middle, PageIT::isBlue));
    assertEquals(0, count(middle, PageIT::isRed));
  }

  @Test
  void aGapBreaksTheLineAlthoughTheOtherLineHasPointsInIt() throws Exception {
    feed(0, 20);
    feed(100, 120);
    add(window(23, 50).toJson().getBytes(UTF_8), false);
    awaitRows(42, 9);
    BufferedImage plot = plot();
    BufferedImage middle = plot.getSubimage(plot.getWidth() * 4 / 10, 0, plot.getWidth() / 5, 300);
    assertTrue(count(plot, PageIT::isBlue) > 500);
    assertEquals(0, count(middle, PageIT::isBlue));
    assertEquals(0, count(middle, PageIT::isRed));
  }

  @Test
  void denseReadingsAreShadedByDensityAndALoneOneIsSeen() throws Exception {
    server.close();
    server =
        PageServer.start(
            new ServerAddress("127.0.0.1", 0),
            model,
            new VisibleSpan.LastTime(Duration.ofSeconds(30)),
            Selection.DEFAULT,
            new PageStyle(PlotStyle.DEFAULT, true),
            () -> {});
    tab.go(URI.create(server.address()));
    // A thousand a second: 15 of 16 at 1, others at 4, and one at 7.5; the axis ends at 8.
    for (int i = 0; i <= 30_000; i++) {
      double value = i == 15_000 ? 7.5 : i % 16 == 0 ? 4 : 1;
      add(reading(i / 1_000.0, value, 0, i, 0).toJson().getBytes(UTF_8), true);
    }
    tab.await("document.querySelector('#status').innerText.includes('30,001 rows')");
    BufferedImage plot = plot();
    int dense = darkest(plot, 1);
    int sparse = darkest(plot, 4);
    assertTrue(dense < sparse - 50 && sparse < 195, dense + " " + sparse);
    assertTrue(darkest(plot, 7.5) < 195, "the lone reading");
    assertEquals(255, darkest(plot, 6), "nothing between them, and no line");
    tab.move(600, 250);
    tab.await("/Original:?\\s*\\d/.test(document.querySelector('.u-legend').innerText)");
    BufferedImage png = ImageIO.read(tab.save("s", folder).toFile());
    assertTrue(count(png, PageIT::isBlue) > 5_000, "blue in the saved picture");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void theBandIsDrawnBehindTheMeansOnRequest() throws Exception {
    server.close();
    PlotStyle style = PlotStyle.DEFAULT;
    server =
        serve(
            0,
            new PlotStyle(
                true, style.yMin(), style.yMax(), style.grid(), style.zone(), style.theme()));
    tab.go(URI.create(server.address()));
    feed(0, 60);
    awaitRows(61, 12);
    Predicate<Color> pink =
        color -> color.getRed() > 230 && color.getGreen() > 190 && color.getGreen() < 230;
    assertTrue(count(plot(), pink) > 2_000);
  }

  @Test
  void picturesAreSavedAsShown() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    BufferedImage png = ImageIO.read(tab.save("s", folder).toFile());
    assertTrue(count(png, PageIT::isBlue) > 1_000, "blue");
    assertTrue(count(png, PageIT::isRed) > 200, "red");
    String svg = Files.readString(tab.save("v", folder));
    assertTrue(svg.startsWith("<svg xmlns=") && svg.contains("stroke-dasharray"), svg);
    assertEquals(
        "kind,series,time,value,min_value,max_value,count,pane,run,revision", csv(tab).get(0));
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void coloursFollowTheBrowserUntilTheUserChooses() throws Exception {
    feed(0, 20);
    awaitRows(21, 4);
    tab.prefer("dark");
    tab.await("getComputedStyle(document.body).backgroundColor === 'rgb(24, 27, 32)'");
    tab.press("d");
    tab.await("getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'");
    assertTrue(count(plot(), PageIT::isBlue) > 100);
  }

  @Test
  void theQuestionMarkListsTheKeys() throws Exception {
    tab.await("document.querySelectorAll('#keys tr').length > 0");
    tab.press("?");
    tab.await("document.querySelector('#help').open");
    assertTrue(tab.text("#keys").contains("pause or continue"), tab.text("#keys"));
    tab.press("?");
    tab.await("!document.querySelector('#help').open");
  }

  @Test
  void textFromOutsideIsNotInterpretedAsMarkup() throws Exception {
    model.raw().unavailable("no folder <img src=x onerror=alert(1)>");
    tab.await("document.querySelector('#status').innerText.includes('<img')");
    assertEquals(0, tab.evaluate("document.images.length").asInt());
  }

  @Test
  void thePageRequestsNothingFromOtherServers() throws Exception {
    feed(0, 60);
    awaitRows(61, 12);
    tab.drag(400, 700, 250);
    tab.await("document.querySelector('#badge').innerText.includes('zoomed')");
    tab.save("s", folder);
    for (String request : tab.requests) {
      assertTrue(
          request.startsWith(server.address()) || request.startsWith("blob:" + server.address()),
          request);
    }
    assertNotEquals(0, tab.requests.size());
    String otherServer = "fetch('http://127.0.0.2:1/').then(() => 'sent', refused => '' + refused)";
    assertTrue(tab.evaluate(otherServer).asText().contains("Failed to fetch"));
    assertTrue(tab.complaints.toString().contains("Content Security Policy"), "" + tab.complaints);
  }

  private PageServer serve(int port, PlotStyle style) {
    return PageServer.start(
        new ServerAddress("127.0.0.1", port),
        model,
        new VisibleSpan.LastReadings(100),
        Selection.DEFAULT,
        new PageStyle(style, true),
        () -> {});
  }

  /** One reading per second, with values of 0 to 99, and the windows of 5 seconds that end. */
  private void feed(int from, int to) {
    for (int second = from; second <= to; second++) {
      add(reading(second, second * 37 % 100).toJson().getBytes(UTF_8), true);
      if (second % 5 == 0 && second > from) {
        WindowSummary row = window(second, 45 + second % 10);
        add(row.toJson().getBytes(UTF_8), false);
      }
    }
  }

  private void add(byte[] row, boolean raw) {
    (raw ? model.raw() : model.reduced()).row(row, 0, row.length);
  }

  private void awaitRows(int raw, int reduced) throws Exception {
    tab.await(
        "/live.*, %d rows/.test([...document.querySelectorAll('#status li')][0]?.innerText)"
                .formatted(raw)
            + " && /live.*, %d rows/.test([...document.querySelectorAll('#status li')][1].innerText)"
                .formatted(reduced));
  }

  private void awaitOriginals(int count) throws Exception {
    while (originals(tab) != count) {
      Thread.onSpinWait(); // Each check saves a file, which takes a while.
    }
  }

  private long originals(Tab from) throws Exception {
    return csv(from).stream().filter(line -> line.startsWith("original")).count();
  }

  private List<String> csv(Tab from) throws Exception {
    return Files.readAllLines(from.save("c", Files.createTempDirectory(folder, "csv")));
  }

  /** The area between the axes. */
  private BufferedImage plot() throws Exception {
    var box =
        tab.evaluate(
            "(() => { const box = document.querySelector('.u-over').getBoundingClientRect();"
                + " return [box.x, box.y, box.width, box.height]; })()");
    return tab.screenshot()
        .getSubimage(
            box.get(0).asInt() + 1,
            box.get(1).asInt() + 1,
            box.get(2).asInt() - 2,
            box.get(3).asInt() - 2);
  }

  /** The least red of the blue pixels just above a value, on an axis from 1 to 8. */
  private static int darkest(BufferedImage plot, double value) {
    int y = (int) Math.round(plot.getHeight() * (8 - value) / 7) - 2;
    int least = 255;
    for (int x = plot.getWidth() / 4; x < plot.getWidth() * 3 / 4; x++) {
      var color = new Color(plot.getRGB(x, y));
      least = color.getBlue() > color.getRed() + 20 ? Math.min(least, color.getRed()) : least;
    }
    return least;
  }

  private static boolean isBlue(Color color) {
    return color.getBlue() > color.getRed() + 90;
  }

  private static boolean isRed(Color color) {
    return color.getRed() > color.getBlue() + 90;
  }

  private static long count(BufferedImage image, Predicate<Color> wanted) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += wanted.test(new Color(image.getRGB(x, y))) ? 1 : 0;
      }
    }
    return count;
  }
}
