package coarsen.viewer.web;

import static coarsen.viewer.Rows.reading;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coarsen.http.ServerAddress;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who reaches the page in a real browser, and how: many tabs, proxies, other sites. */
@Timeout(120)
class PageReachIT {
  private static final int BROWSERS_CONNECTIONS = 6;
  private static final int STREAMS_OF_A_BROWSER = 4;

  @TempDir private static Path profile;
  private static Chromium browser;

  private final ViewModel model = new ViewModel(InstantSource.system(), false);
  private final List<Tab> tabs = new ArrayList<>();
  private PageServer server;
  private URI address;
  private int fed;

  @BeforeAll
  static void startBrowser() throws IOException {
    if (Chromium.program().isEmpty()) {
      System.err.println("PageReachIT is skipped: no chromium on the PATH");
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
  void serve() {
    server =
        PageServer.start(
            new ServerAddress("127.0.0.1", 0),
            model,
            new VisibleSpan.LastReadings(100),
            Selection.DEFAULT,
            new PageStyle(PlotStyle.DEFAULT, true),
            () -> {});
    address = URI.create(server.address());
  }

  @AfterEach
  void close() {
    tabs.forEach(Tab::close);
    server.close();
  }

  @Test
  void moreTabsThanABrowserOpensConnectionsAreAllLive() throws Exception {
    feed();
    for (int i = 0; i < BROWSERS_CONNECTIONS + STREAMS_OF_A_BROWSER; i++) {
      open(address.resolve("?points=" + (20 + i)));
    }
    feed();
    for (Tab tab : tabs) {
      awaitFed(tab);
      assertEquals(List.of(), tab.complaints);
    }
    assertEquals(PageServer.MAX_CLIENTS - STREAMS_OF_A_BROWSER, server.freeStreams());
  }

  @Test
  void aTabThatPolledGetsAStreamWhenAnotherIsClosed() throws Exception {
    for (int i = 0; i <= STREAMS_OF_A_BROWSER; i++) {
      open(address);
    }
    feed();
    Tab last = tabs.get(STREAMS_OF_A_BROWSER);
    awaitFed(last);
    assertTrue(isPolling(last), last.requests.toString());
    tabs.remove(0).close();
    while (isPolling(last)) {
      Thread.onSpinWait();
    }
    feed();
    tabs.forEach(this::awaitFed);
    assertTrue(last.requests.get(last.requests.size() - 1).endsWith("/events?"));
  }

  @Test
  void thePageWorksUnderThePathOfAProxyThatIsAskedNotToHoldBackStreams() throws Exception {
    try (var proxy = new ReverseProxy(address, true)) {
      feed();
      Tab tab = open(proxy.address());
      awaitFed(tab);
      feed();
      awaitFed(tab);
      assertFalse(isPolling(tab), tab.requests.toString());
      tab.drag(400, 700, 250);
      tab.await("document.querySelector('#badge').innerText.includes('zoomed')");
      for (String request : tab.requests) {
        assertTrue(request.startsWith(proxy.address().toString()), request);
      }
      assertTrue(tab.requests.stream().anyMatch(request -> request.contains("/coarsen/picture?")));
      assertEquals(List.of(), tab.complaints);
    }
  }

  @Test
  void thePagePollsThroughAProxyThatHoldsBackStreams() throws Exception {
    try (var proxy = new ReverseProxy(address, false)) {
      Tab tab = open(proxy.address());
      tab.await("!document.querySelector('#lost').hidden"); // It tries a stream first.
      feed();
      awaitFed(tab);
      assertTrue(isPolling(tab), tab.requests.toString());
      tab.await("document.querySelector('#lost').hidden");
    }
  }

  @Test
  void aWrongParameterInTheAddressIsReportedOnThePage() throws Exception {
    Tab tab = open(address.resolve("?points=0"));
    tab.await("document.querySelector('#lost').innerText.startsWith('points=0 is out of range')");
  }

  @Test
  void aPageOfAnotherSiteTakesNoStreamAndReadsNothing() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<!doctype html><p>other".getBytes(UTF_8));
          }
        });
    other.start();
    try {
      Tab tab = open(URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/"));
      String ended =
          "Promise.all([...Array(40)].map(() => new Promise(done => {"
              + " const source = new EventSource('%sevents');"
              + " source.onopen = () => done('open'); source.onerror = () => done('refused'); })))"
              + ".then(all => [...new Set(all)].join())";
      assertEquals("refused", tab.evaluate(ended.formatted(address)).asText());
      String picture =
          "new Promise(done => { const image = new Image(); image.src = '%schart.png';"
              + " image.onload = () => done('drawn'); image.onerror = () => done('refused'); })";
      assertEquals("refused", tab.evaluate(picture.formatted(address)).asText());
      String unread = "fetch('%sevents', {mode: 'no-cors'}).then(() => 'sent', () => 'refused')";
      String answer = tab.evaluate(unread.formatted(address)).asText();
      assertTrue(List.of("sent", "refused").contains(answer), answer);
      assertEquals(PageServer.MAX_CLIENTS, server.freeStreams());
    } finally {
      other.stop(0);
    }
  }

  private Tab open(URI at) throws Exception {
    Tab tab = browser.open(at);
    tabs.add(tab);
    return tab;
  }

  private static boolean isPolling(Tab tab) {
    return tab.requests.get(tab.requests.size() - 1).contains("poll=");
  }

  /** Ten more readings. */
  private void feed() {
    for (int i = 0; i < 10; i++) {
      byte[] row = reading(fed++, i).toJson().getBytes(UTF_8);
      model.raw().row(row, 0, row.length);
    }
  }

  private void awaitFed(Tab tab) {
    try {
      tab.await("document.querySelector('#status').innerText.includes('" + fed + " rows')");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
