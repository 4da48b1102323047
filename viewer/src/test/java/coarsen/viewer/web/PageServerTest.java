package coarsen.viewer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void healthReportsAnOutputThatFailed() throws Exception {
    assertEquals(200, get("/healthz").statusCode());
    assertEquals("ok\n", get("/healthz").body());
    data.failure = Optional.of(CommandException.failed("raw is not a folder", null));
    assertEquals(503, get("/healthz").statusCode());
    assertEquals("failed: raw is not a folder\n", get("/healthz").body());
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

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
