package coarsen.viewer.web;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coarsen.http.ServerAddress;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several series on the page, in a real browser: legend, list and grid. */
@Timeout(120)
class PageSeriesIT {
  private static final String LABELS =
      "[...document.querySelectorAll('.u-series:not(.of-means) .u-label')]"
          + ".map(label => label.textContent).filter(text => text !== 'Time').join(' ')";
  private static final String BOXES = "document.querySelectorAll('#series li input')";

  @TempDir private static Path profile;
  private static Chromium browser;

  @TempDir private Path folder;
  private final ViewModel model = new ViewModel(InstantSource.system(), false);
  private PageServer server;
  private Tab tab;

  @BeforeAll
  static void startBrowser() throws IOException {
    if (Chromium.program().isEmpty()) {
      System.err.println("PageSeriesIT is skipped: no chromium on the PATH");
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
    server =
        PageServer.start(
            new ServerAddress("127.0.0.1", 0),
            model,
            new VisibleSpan.LastReadings(100),
            Selection.DEFAULT,
            new PageStyle(PlotStyle.DEFAULT, true),
            () -> {});
    tab = browser.open(URI.create(server.address()));
  }

  @AfterEach
  void close() {
    tab.close();
    server.close();
  }

  /** Devices in order of name, each with a level of its own. */
  private void feedDevices(int from, int to) {
    for (int i = from; i < to; i++) {
      for (int second = 0; second <= 10; second++) {
        feed(
            model.raw(),
            reading(device("d%03d".formatted(i)), second, 10 * i + second % 3).toJson());
      }
      feed(model.reduced(), window(device("d%03d".formatted(i)), 5, 10 * i + 1).toJson());
    }
  }

  private static String names(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("device=d%03d"::formatted)
        .collect(Collectors.joining(" "));
  }

  private void awaitLabels(String expected) throws Exception {
    tab.await("%s === '%s'".formatted(LABELS, expected));
  }

  private void openList() throws Exception {
    tab.press("l");
    tab.await(BOXES + ".length > 0");
  }

  @Test
  void eachSeriesHasOneEntryInTheLegendWithItsLastMean() throws Exception {
    feedDevices(0, 3);
    awaitLabels(names(0, 3));
    tab.await(
        "[...document.querySelectorAll('.u-series:not(.of-means) .u-value')].slice(1)"
            + ".map(value => value.textContent).join(' ') === '1 11 21'");
    assertEquals(List.of(), tab.complaints);
  }

  @Test
  void seriesAreSearchedAndPickedAndTheAddressKeepsThem() throws Exception {
    feedDevices(0, 20);
    tab.await("/8 of 20 series/.test(document.querySelector('#status').innerText)");
    openList();
    assertTrue(tab.text("#series [role=status]").startsWith("20 of 20 series"));
    tab.evaluate(
        "(() => { const search = document.querySelector('#series > input');"
            + " search.value = 'd01?'; search.dispatchEvent(new Event('input')); })()");
    tab.await("document.querySelector('#series [role=status]').textContent === '10 of 20 series'");
    String before = tab.evaluate(LABELS).asText();
    tab.evaluate("[..." + BOXES + "].find(box => !box.checked).click()");
    assertTrue(tab.text("#series [role=alert]").contains("at most 8 series are shown"));
    assertEquals(before, tab.evaluate(LABELS).asText());
    tab.evaluate("(() => { for (const box of " + BOXES + ") { box.checked && box.click(); } })()");
    tab.press("Escape");
    tab.await("!document.querySelector('#series').open");
    String left = tab.evaluate("new URLSearchParams(location.search).get('series')").asText();
    assertTrue(left.matches("(\\d:device=d00\\d\\n?)+|null"), left);
    openList();
    tab.evaluate("document.querySelectorAll('#series button')[0].click()");
    tab.await("!new URLSearchParams(location.search).has('series')");
  }

  @Test
  void aReloadedPageShowsTheSameSeriesAndAnotherPageItsOwn() throws Exception {
    feedDevices(0, 3);
    awaitLabels(names(0, 3));
    openList();
    tab.evaluate(BOXES + "[2].click()");
    awaitLabels("device=d000 device=d002");
    try (Tab reloaded = browser.open(URI.create(tab.evaluate("location.href").asText()));
        Tab other = browser.open(URI.create(server.address()))) {
      reloaded.await("%s === 'device=d000 device=d002'".formatted(LABELS));
      other.await("%s === '%s'".formatted(LABELS, names(0, 3)));
    }
  }

  @Test
  void theGridHasAPlotForEachSeries() throws Exception {
    feedDevices(0, 5);
    awaitLabels(names(0, 5));
    tab.press("g");
    tab.await("document.querySelectorAll('.uplot').length === 5");
    awaitLabels(names(0, 5));
    Path csv = tab.save("c", Files.createDirectory(folder.resolve("csv")));
    assertEquals(
        5, Files.readAllLines(csv).stream().filter(line -> line.startsWith("mean")).count());
    Path svg = tab.save("v", Files.createDirectory(folder.resolve("svg")));
    assertTrue(Files.readString(svg).contains("</svg>"), svg::toString);
    assertTrue(
        tab.requests.stream().anyMatch(each -> each.contains("chart.svg?grid=true")),
        tab.requests::toString);
    tab.press("g");
    tab.await("document.querySelectorAll('.uplot').length === 1");
  }

  @Test
  void withoutSeriesThereIsNothingToList() throws Exception {
    feed(model.raw(), reading(1, 1).toJson());
    tab.await("document.querySelectorAll('.uplot').length === 1");
    assertEquals(
        0, tab.evaluate("document.querySelectorAll('.of-series:not([hidden])').length").asInt());
    tab.press("l");
    assertEquals(false, tab.evaluate("document.querySelector('#series').open").asBoolean());
  }

  @Test
  void namesFromOutsideAreNotInterpretedAsMarkup() throws Exception {
    String name = "</script><img src=x onerror=alert(1)>'\"";
    for (int second = 0; second < 3; second++) {
      feed(model.raw(), reading(device(name), second, second).toJson());
    }
    tab.await(LABELS + ".includes('<img')");
    openList();
    tab.await("document.querySelector('#series ul').innerText.includes('<img')");
    assertEquals(0, tab.evaluate("document.images.length").asInt());
    assertEquals(List.of(), tab.complaints);
  }
}
