package coarsen.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedServerTest {
  private static final int MORE_THAN_TWO_SOCKETS_BUFFER = 20_000_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<IOException> dropped = new CompletableFuture<>();
  private GuardedServer server;
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
  void aRouteIsAnsweredWithItsTypeAndText() throws Exception {
    HttpResponse<String> response = get("/text");
    assertEquals(200, response.statusCode());
    assertEquals("some text\n", response.body());
    assertEquals("text/plain; charset=utf-8", header(response, "Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/text", "/nowhere", "/bad", "/broken"})
  void everyAnswerForbidsWhatAPageDoesNotNeed(String path) throws Exception {
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
  @ValueSource(strings = {"/nowhere", "/text/", "/textx", "/../pom.xml", "/%2e%2e/pom.xml"})
  void aPathWithoutARouteIsNotFound(String path) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET " + path + " HTTP/1.1", "Host: localhost");
      assertEquals("404 Not Found", connection.after("HTTP/1.1 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"})
  void onlyGetAndHeadAreAllowed(String method) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send(method + " /text HTTP/1.1", "Host: localhost", "Content-Length: 0");
      assertEquals("405 Method Not Allowed", connection.after("HTTP/1.1 "));
      assertEquals("GET, HEAD", connection.after("Allow: "));
    }
  }

  @Test
  void headSendsTheHeadersOfGetWithoutABody() throws Exception {
    HttpResponse<String> head =
        client.send(
            HttpRequest.newBuilder(address.resolve("/text"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    HttpResponse<String> get = get("/text");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
    assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
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
  void aHostNameOfAnotherMachineIsRefused(String header) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET /text HTTP/1.1", header);
      assertEquals("403 Forbidden", connection.after("HTTP/1.1 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1:81", "[::1]:8080", "10.0.0.7"})
  void addressesAreAcceptedWithAnyPort(String host) throws Exception {
    try (var connection = new RawConnection(address)) {
      connection.send("GET /text HTTP/1.1", "Host: " + host);
      assertEquals("200 OK", connection.after("HTTP/1.1 "));
    }
  }

  @Test
  void aProxysNameIsAcceptedIfItIsAllowed() throws Exception {
    var behindProxies =
        new ServerAddress("127.0.0.1", 0, Set.of("plots.example.com", "Other.example.com"));
    try (var proxied = start(behindProxies)) {
      for (String host :
          List.of("plots.example.com", "PLOTS.example.com:443", "other.example.com")) {
        assertEquals("200 OK", status(proxied, "/text", "Host: " + host), host);
      }
      assertEquals("403 Forbidden", status(proxied, "/text", "Host: example.com"));
      assertEquals("403 Forbidden", status(proxied, "/text", "Host: x.plots.example.com"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://plots.example.com", "plots:80", "a/b", "", "*.example.com", "a."})
  void anAllowedHostIsAName(String name) {
    var e = assertThrows(CommandException.class, () -> new ServerAddress("::1", 0, Set.of(name)));
    assertTrue(String.valueOf(e.getMessage()).startsWith("--allowHost=" + name + " is not"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: something new",
        "Origin: http://attacker.example",
        "Origin: http://localhost:9",
        "Origin: http://localhost.attacker.example:81",
        "Origin: null",
        "Origin:"
      })
  void pagesOfOtherSitesAreRefusedButMayLinkToThePage(String header) throws Exception {
    assertEquals("403 Forbidden", status(server, "/text", "Host: localhost:81", header));
    assertEquals("200 OK", status(server, "/", "Host: localhost:81", header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Origin: http://localhost:81",
        "Origin: HTTP://LOCALHOST:81",
        "Accept: */*"
      })
  void thePageItselfAndClientsThatAreNoBrowsersAreAnswered(String header) throws Exception {
    assertEquals("200 OK", status(server, "/text", "Host: localhost:81", header));
  }

  @Test
  void behindAProxyThatChangesTheHostThePageHasTheProxysName() throws Exception {
    try (var proxied = start(new ServerAddress("127.0.0.1", 0, Set.of("plots.example.com")))) {
      String host = "Host: 127.0.0.1:8080";
      assertEquals(
          "200 OK", status(proxied, "/text", host, "Origin: https://plots.example.com:8443"));
      assertEquals("403 Forbidden", status(proxied, "/text", host, "Origin: https://example.com"));
    }
  }

  @Test
  void parametersAreDecodedAndOfSeveralWithOneNameTheLastCounts() throws Exception {
    assertEquals("{a=3, b=<b>}\n", get("/parameters?a=1&b=%3Cb%3E&=x&none&a=3").body());
    assertEquals("{}\n", get("/parameters").body());
  }

  @Test
  void aBadRequestIsAnsweredWithItsMessage() throws Exception {
    HttpResponse<String> response = get("/bad");
    assertEquals(400, response.statusCode());
    assertEquals("span=x; write 5s\n", response.body());
  }

  @Test
  void aHandlerThatFailsIsAnsweredWith500() throws Exception {
    HttpResponse<String> response = get("/broken");
    assertEquals(500, response.statusCode());
    assertEquals("failed; the server's log says why\n", response.body(), "nothing internal");
    assertEquals(200, get("/text").statusCode(), "the server keeps answering");
  }

  @Test
  void aClientThatDoesNotReadIsDropped() throws Exception {
    try (var slow = new RawConnection(address)) {
      slow.send("GET /long HTTP/1.1", "Host: localhost");
      assertInstanceOf(IOException.class, dropped.get());
      assertEquals(200, get("/text").statusCode(), "other clients are served");
    }
  }

  @Test
  void aPortThatIsTakenIsReportedWithTheOptionAndAWayOut() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var e = assertThrows(CommandException.class, () -> start("127.0.0.1", taken.getLocalPort()));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("--port=" + taken.getLocalPort()), message);
      assertTrue(message.contains("--port=0"), message);
    }
  }

  @Test
  void aWrongPortOrHostIsReportedWithItsOption() {
    for (int port : new int[] {-1, 65_536}) {
      var e = assertThrows(CommandException.class, () -> start("127.0.0.1", port));
      assertEquals("--port=" + port + " is not a port; write 0 to 65535", e.getMessage());
    }
    var e = assertThrows(CommandException.class, () -> start("no host", 0));
    assertEquals(
        "--host=no host is not known; write a name or address of this machine", e.getMessage());
  }

  @Test
  void onlyTheLoopbackAddressIsPrivate() {
    assertTrue(server.isPrivate());
    try (var open = start("0.0.0.0", 0)) {
      assertFalse(open.isPrivate());
      assertFalse(open.address().contains("0.0.0.0"), open.address());
    }
  }

  @Test
  void closingFreesThePort() {
    server.close();
    try (var again = start("127.0.0.1", address.getPort())) {
      assertEquals(address.toString(), again.address());
    }
  }

  private static String status(GuardedServer server, String path, String... headers)
      throws IOException {
    try (var connection = new RawConnection(URI.create(server.address()))) {
      connection.send("GET " + path + " HTTP/1.1", String.join("\r\n", headers));
      return connection.after("HTTP/1.1 ");
    }
  }

  private GuardedServer start(String host, int port) {
    return start(new ServerAddress(host, port));
  }

  private GuardedServer start(ServerAddress at) {
    var started = new GuardedServer(at, 4, Duration.ofMillis(300));
    Responses responses = started.responses();
    started.serve(
        Map.of(
            "/", exchange -> responses.text(exchange, 200, "the page"),
            "/text", exchange -> responses.text(exchange, 200, "some text"),
            "/parameters",
                exchange ->
                    responses.text(
                        exchange, 200, Query.parameters(exchange.getRequestURI()).toString()),
            "/bad",
                exchange -> {
                  throw new BadRequestException("span=x; write 5s", null);
                },
            "/broken",
                exchange -> {
                  throw new IllegalStateException("broken");
                },
            "/long", exchange -> sendLong(responses, exchange)));
    return started;
  }

  private void sendLong(Responses responses, HttpExchange exchange) throws IOException {
    try {
      responses.send(exchange, 200, "text/plain", new byte[MORE_THAN_TWO_SOCKETS_BUFFER]);
    } catch (IOException e) {
      dropped.complete(e);
      throw e;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
