package coarsen.viewer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PageServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeData data = new FakeData();
  private PageServer server;
  private URI address;

  @BeforeEach
  void start() {
    server = start("127.0.0.1", 0);
    address = URI.create(server.address());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void thePageAndEverythingItNeedsComeFromTheServer() throws Exception {
    String page = get("/").body();
    assertTrue(page.startsWith("<!doctype html>"), page);
    assertEquals("text/html; charset=utf-8", header(get("/"), "Content-Type"));
    assertEquals("text/javascript; charset=utf-8", header(get("/page.js"), "Content-Type"));
    assertEquals("text/css; charset=utf-8", header(get("/page.css"), "Content-Type"));
    assertEquals("image/svg+xml", header(get("/icon.svg"), "Content-Type"));
    assertTrue(get("/uplot.js").body().contains("uPlot"));
    assertTrue(get("/uplot.css").body().contains(".uplot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/nowhere", "/chart.png", "/events?span=x"})
  void everyPathIsServedBehindTheGuard(String path) throws Exception {
    String policy = header(get(path), "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none';"), policy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/page.js/", "/eventsx"})
  void otherPathsAreNotFound(String path) throws Exception {
    assertEquals(404, get(path).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page.js", "/healthz", "/chart.png", "/events"})
  void headSendsTheHeadersOfGetWithoutABody(String path) throws Exception {
    HttpResponse<String> head =
        client.send(
            request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    if (!path.equals("/events")) {
      HttpResponse<String> get = get(path);
      assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
      assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
    }
  }

  @Test
  void aPictureIsSentAtOnceAndThenWheneverItChanges() throws Exception {
    try (var stream = events()) {
      assertEquals("style", stream.after("event: "));
      assertEquals("{\"zone\":\"UTC\"}", stream.after("data: "));
      assertEquals("picture", stream.after("event: "));
      String first = stream.after("id: ");
      assertTrue(stream.picture().startsWith("1,"));
      assertEquals("status", stream.after("event: "));
      data.version = 2;
      String second = stream.after("id: ");
      assertNotEquals(first, second);
      assertTrue(second.endsWith("-2"), second);
      assertTrue(stream.picture().startsWith("2,"));
    }
  }

  @Test
  void theStatusIsSentEverySecondEvenIfNothingChanges() throws Exception {
    try (var stream = events()) {
      stream.picture();
      for (int i = 0; i < 3; i++) {
        assertEquals("status", stream.after("event: "));
        assertEquals("{\"state\":\"live\"}", stream.after("data: "));
      }
      assertEquals(1, data.picturesMade.get());
    }
  }

  @Test
  void aClientThatReconnectsGetsAWholePicture() throws Exception {
    String id;
    try (var stream = events()) {
      id = stream.after("id: ");
    }
    data.version = 7;
    try (var stream =
        new EventsClient(client, request("/events").header("Last-Event-ID", id).build())) {
      assertTrue(stream.after("data: {\"version\":7,").startsWith("\"span\""));
    }
  }

  @Test
  void clientsWithTheSameViewShareItsPictures() throws Exception {
    try (var one = events();
        var other = events();
        var another = new EventsClient(client, request("/events?span=5s").build())) {
      assertTrue(one.picture().contains("\"span\":\"any\""));
      assertTrue(other.picture().contains("\"span\":\"any\""));
      assertTrue(another.picture().contains("\"span\":\"5s\""));
      assertEquals(2, data.picturesMade.get());
    }
  }

  @Test
  void aClientMayPollTheEventsSinceAPicture() throws Exception {
    String all = get("/events?poll=").body();
    assertEquals(List.of("style", "picture", "status"), kinds(all));
    String id = all.lines().filter(line -> line.startsWith("id: ")).toList().get(1).substring(4);
    assertEquals(List.of("status"), kinds(get("/events?poll=" + id).body()));
    data.version = 2;
    awaitStale();
    assertEquals(List.of("style", "picture", "status"), kinds(get("/events?poll=" + id).body()));
    assertEquals(200, get("/events?poll=another-run").statusCode());
    assertEquals(400, get("/events?poll=&span=x").statusCode());
  }

  @Test
  void pollingNeedsNoStream() throws Exception {
    List<EventsClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < PageServer.MAX_CLIENTS; i++) {
        streams.add(events());
      }
      awaitFreeStreams(0);
      assertEquals(200, get("/events?poll=").statusCode());
    } finally {
      for (EventsClient stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void proxiesAreToldNotToHoldBackAStream() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("/events").build(), BodyHandlers.ofInputStream());
    try (InputStream body = stream.body()) {
      assertTrue(body.read() >= 0, "it is sent at once");
      assertEquals("no", header(stream, "X-Accel-Buffering"));
      assertEquals("no-store, no-transform", header(stream, "Cache-Control"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/picture", "/chart.png", "/chart.svg", "/page.js"})
  void pagesOfOtherSitesTakeAndReadNothing(String path) throws Exception {
    for (String site : List.of("cross-site", "same-site")) {
      var request = request(path).header("Sec-Fetch-Site", site).build();
      assertEquals(403, client.send(request, BodyHandlers.ofString()).statusCode());
    }
    var request = request(path).header("Origin", "http://localhost:3000").build();
    assertEquals(403, client.send(request, BodyHandlers.ofString()).statusCode());
    assertEquals(PageServer.MAX_CLIENTS, server.freeStreams());
    assertEquals(0, data.picturesMade.get());
  }

  @Test
  void theNumberOfStreamsIsLimited() throws Exception {
    List<EventsClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < PageServer.MAX_CLIENTS; i++) {
        var stream = events();
        streams.add(stream);
        stream.picture();
      }
      HttpResponse<String> refused = get("/events");
      assertEquals(503, refused.statusCode());
      assertEquals("5", header(refused, "Retry-After"));
      assertEquals(200, get("/healthz").statusCode(), "everything else is answered");

      streams.remove(0).close();
      awaitFreeStreams(1);
      try (var next = events()) {
        next.picture();
      }
    } finally {
      for (EventsClient stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void aClientThatDoesNotReadIsDropped() throws Exception {
    data.pictureLength = 20_000_000; // More than the buffers of two sockets.
    try (var slow = events()) {
      awaitFreeStreams(PageServer.MAX_CLIENTS - 1);
      awaitFreeStreams(PageServer.MAX_CLIENTS);
      data.pictureLength = 10;
      data.version = 2;
      try (var other = events()) {
        assertTrue(other.picture().startsWith("2,"));
      }
      slow.awaitEnd();
    }
  }

  @Test
  void chartsAreDrawnWithTheRequestedView() throws Exception {
    assertEquals("PNG of 30s", get("/chart.png?span=30s").body());
    assertEquals("image/png", header(get("/chart.png"), "Content-Type"));
    assertEquals("<svg>any</svg>", get("/chart.svg").body());
    assertEquals("image/svg+xml", header(get("/chart.svg"), "Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/chart.png", "/chart.svg"})
  void aWrongParameterIsReportedAsText(String path) throws Exception {
    HttpResponse<String> response = get(path + "?span=%3Cb%3E");
    assertEquals(400, response.statusCode());
    assertEquals("span=<b>; write 5s\n", response.body());
    assertEquals("text/plain; charset=utf-8", header(response, "Content-Type"));
  }

  @Test
  void seriesAreSearched() throws Exception {
    assertEquals("{\"search\":\"press-*\"}", get("/series?search=press-*").body());
    assertEquals("{\"search\":\"\"}", get("/series").body());
    assertEquals("application/json", header(get("/series"), "Content-Type"));
  }

  @Test
  void healthReportsAnOutputThatFailed() throws Exception {
    assertEquals(200, get("/healthz").statusCode());
    assertEquals("ok\n", get("/healthz").body());
    data.failure = Optional.of(CommandException.failed("raw is not a folder", null));
    assertEquals(503, get("/healthz").statusCode());
    assertEquals("failed: an output can't be read any more\n", get("/healthz").body());
  }

  @Test
  void closingEndsTheStreamsAndFreesThePort() throws Exception {
    try (var stream = events()) {
      stream.picture();
      server.close();
      stream.awaitEnd();
    }
    try (var again = start("127.0.0.1", address.getPort())) {
      assertEquals(address.toString(), again.address());
    }
  }

  /** A stream is free again when the server has noticed that its client disconnected. */
  private void awaitFreeStreams(int count) {
    while (server.freeStreams() != count) {
      Thread.onSpinWait();
    }
  }

  private static List<String> kinds(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring("event: ".length()))
        .toList();
  }

  /** A picture is shared for a moment, even if there is a newer one. */
  private static void awaitStale() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(EventCache.FRESH_MILLIS + 10);
  }

  private PageServer start(String host, int port) {
    return PageServer.start(new ServerAddress(host, port), data, Duration.ofMillis(300));
  }

  private EventsClient events() throws IOException, InterruptedException {
    return new EventsClient(client, request("/events").build());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
