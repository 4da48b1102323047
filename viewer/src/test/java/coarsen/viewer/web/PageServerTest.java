package coarsen.viewer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import java.io.IOException;
import java.net.ServerSocket;
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
  void thePageAndAllThatItNeedsComesFromTheServer() throws Exception {
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
  void everyAnswerForbidsWhatThePageDoesNotNeed(String path) throws Exception {
    HttpResponse<String> response = get(path);
    String policy = header(response, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(response, "Referrer-Policy"));
    assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
    assertEquals("no-store", header(response, "Cache-Control"));
    assertEquals(Optional.empty(), response.headers().firstValue("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/page.js/", "/eventsx", "/../pom.xml", "/%2e%2e/pom.xml"})
  void whatIsNotThereIsNotFound(String path) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET " + path + " HTTP/1.1", "Host: localhost");
      assertEquals("404 Not Found", connection.after("HTTP/1.1 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"})
  void onlyGetAndHeadAreAnswered(String method) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send(method + " / HTTP/1.1", "Host: localhost", "Content-Length: 0");
      assertEquals("405 Method Not Allowed", connection.after("HTTP/1.1 "));
      assertEquals("GET, HEAD", connection.after("Allow: "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/page.js", "/healthz", "/chart.png", "/events"})
  void headSaysWhatGetWould(String path) throws Exception {
    HttpResponse<String> head =
        client.send(
            HttpRequest.newBuilder(address.resolve(path))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    if (!path.equals("/events")) {
      HttpResponse<String> get = get(path);
      assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
      assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: attacker.example",
        "Host: attacker.example:8080",
        "Host: 127.0.0.1.attacker.example",
        "Host: localhost.attacker.example",
        "Host:",
        "X-No-Host: here"
      })
  void aNameThatIsNotOursIsRefused(String header) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET /chart.svg HTTP/1.1", header);
      assertEquals("403 Forbidden", connection.after("HTTP/1.1 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:81", "[::1]:8080", "10.0.0.7"})
  void addressesAreAnsweredOnAnyPort(String host) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET /healthz HTTP/1.1", "Host: " + host);
      assertEquals("200 OK", connection.after("HTTP/1.1 "));
    }
  }

  @Test
  void aPictureComesAtOnceAndThenWheneverThereIsAnother() throws Exception {
    try (var stream = events()) {
      assertEquals("look", stream.after("event: "));
      assertEquals("{\"zone\":\"UTC\"}", stream.after("data: "));
      assertEquals("picture", stream.after("event: "));
      String first = stream.after("id: ");
      assertTrue(picture(stream).startsWith("1,"));
      assertEquals("status", stream.after("event: "));
      data.version = 2;
      String second = stream.after("id: ");
      assertNotEquals(first, second);
      assertTrue(second.endsWith("-2"), second);
      assertTrue(picture(stream).startsWith("2,"));
    }
  }

  @Test
  void theStatusComesEverySecondAlthoughNothingChanges() throws Exception {
    try (var stream = events()) {
      picture(stream);
      for (int i = 0; i < 3; i++) {
        assertEquals("status", stream.after("event: "));
        assertEquals("{\"state\":\"live\"}", stream.after("data: "));
      }
      assertEquals(1, data.picturesMade.get());
    }
  }

  @Test
  void whoeverComesBackGetsAWholePicture() throws Exception {
    String id;
    try (var stream = events()) {
      id = stream.after("id: ");
    }
    data.version = 7;
    try (var stream = new RawConnection(address)) {
      stream.send("GET /events HTTP/1.1", "Host: localhost", "Last-Event-ID: " + id);
      assertTrue(stream.after("data: {\"version\":7,").startsWith("\"span\""));
    }
  }

  @Test
  void clientsOfOneViewShareItsPictures() throws Exception {
    try (var one = events();
        var other = events();
        var another = new RawConnection(address)) {
      another.send("GET /events?span=5s HTTP/1.1", "Host: localhost");
      assertTrue(picture(one).contains("\"span\":\"any\""));
      assertTrue(picture(other).contains("\"span\":\"any\""));
      assertTrue(picture(another).contains("\"span\":\"5s\""));
      assertEquals(2, data.picturesMade.get());
    }
  }

  @Test
  void noMoreClientsAreServedThanThereArePlaces() throws Exception {
    List<RawConnection> streams = new ArrayList<>();
    try {
      for (int i = 0; i < PageServer.MOST_CLIENTS; i++) {
        var stream = events();
        streams.add(stream);
        picture(stream);
      }
      HttpResponse<String> refused = get("/events");
      assertEquals(503, refused.statusCode());
      assertEquals("5", header(refused, "Retry-After"));
      assertEquals(200, get("/healthz").statusCode(), "everything else is answered");

      streams.remove(0).close();
      awaitFreePlaces(1);
      try (var next = events()) {
        picture(next);
      }
    } finally {
      for (RawConnection stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void aClientThatDoesNotReadIsDropped() throws Exception {
    data.pictureLength = 20_000_000; // More than the buffers of two sockets.
    try (var slow = events()) {
      awaitFreePlaces(PageServer.MOST_CLIENTS - 1);
      awaitFreePlaces(PageServer.MOST_CLIENTS);
      data.pictureLength = 10;
      data.version = 2;
      try (var other = events()) {
        assertTrue(picture(other).startsWith("2,"));
      }
      assertThrows(
          IOException.class,
          () -> {
            while (slow.line() != null) {
              // What was under way; then the end, in the midst of a chunk.
            }
            throw new IOException("closed");
          });
    }
  }

  @Test
  void chartsAreDrawnAsAskedFor() throws Exception {
    assertEquals("PNG of 30s", get("/chart.png?span=30s").body());
    assertEquals("image/png", header(get("/chart.png"), "Content-Type"));
    assertEquals("<svg>any</svg>", get("/chart.svg").body());
    assertEquals("image/svg+xml", header(get("/chart.svg"), "Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/chart.png", "/chart.svg"})
  void aWrongParameterIsTold(String path) throws Exception {
    HttpResponse<String> response = get(path + "?span=%3Cb%3E");
    assertEquals(400, response.statusCode());
    assertEquals("span=<b>; write 5s\n", response.body());
    assertEquals("text/plain; charset=utf-8", header(response, "Content-Type"));
  }

  @Test
  void healthTellsWhetherAnythingCanStillCome() throws Exception {
    assertEquals(200, get("/healthz").statusCode());
    assertEquals("ok\n", get("/healthz").body());
    data.failure = Optional.of(CommandException.failed("raw is no folder", null));
    assertEquals(503, get("/healthz").statusCode());
    assertEquals("failed: raw is no folder\n", get("/healthz").body());
  }

  @Test
  void closingEndsTheStreamsAndFreesThePort() throws Exception {
    try (var stream = events()) {
      picture(stream);
      server.close();
      assertNull(stream.after("never: "));
    }
    try (var again = start("127.0.0.1", address.getPort())) {
      assertEquals(address.toString(), again.address());
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithTheOptionAndWhatWouldDo() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var e = assertThrows(CommandException.class, () -> start("127.0.0.1", taken.getLocalPort()));
      String told = String.valueOf(e.getMessage());
      assertTrue(told.contains("--port=" + taken.getLocalPort()), told);
      assertTrue(told.contains("--port=0"), told);
    }
  }

  @Test
  void whatIsNoPortOrHostIsToldWithTheOption() {
    for (int port : new int[] {-1, 65_536}) {
      var e = assertThrows(CommandException.class, () -> start("127.0.0.1", port));
      assertEquals("--port=" + port + " is no port; 0 to 65535 are", e.getMessage());
    }
    var e = assertThrows(CommandException.class, () -> start("no host", 0));
    assertEquals(
        "--host=no host is not known; write a name or address of this machine", e.getMessage());
  }

  @Test
  void onlyLoopbackIsPrivate() {
    assertTrue(server.isPrivate());
    try (var open = start("0.0.0.0", 0)) {
      assertFalse(open.isPrivate());
      assertFalse(open.address().contains("0.0.0.0"), open.address());
    }
  }

  /** A place is free when the server has noticed that its client is gone. */
  private void awaitFreePlaces(int places) throws InterruptedException {
    while (server.freePlaces() != places) {
      Thread.onSpinWait();
    }
  }

  /** Reads on to the next picture: its version, and what follows. */
  private static String picture(RawConnection stream) throws IOException {
    String picture = stream.after("data: {\"version\":");
    assertNotNull(picture);
    return picture;
  }

  private PageServer start(String host, int port) {
    return PageServer.start(new ServerAddress(host, port), data, Duration.ofMillis(300));
  }

  private RawConnection events() throws IOException {
    return new RawConnection(address).send("GET /events HTTP/1.1", "Host: localhost");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
