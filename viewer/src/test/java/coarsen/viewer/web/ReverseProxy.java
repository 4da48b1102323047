package coarsen.viewer.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves another server under a path, and holds back answers until they are whole. */
final class ReverseProxy implements AutoCloseable {
  static final String PATH = "/coarsen/";

  /** Headers of one connection, not of a request. */
  private static final Set<String> HOP = Set.of("connection", "host", "content-length");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI upstream;
  private final boolean obeys;

  /**
   * @param obeys whether an answer may ask not to be held back, as it may ask nginx
   */
  ReverseProxy(URI upstream, boolean obeys) throws IOException {
    this.upstream = upstream;
    this.obeys = obeys;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(PATH, this::forward);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  private void forward(HttpExchange exchange) throws IOException {
    URI asked = exchange.getRequestURI();
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    var request =
        HttpRequest.newBuilder(upstream.resolve(asked.getPath().substring(PATH.length()) + query));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try (exchange) {
      HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!HOP.contains(name.toLowerCase(Locale.ROOT))
                    && !name.equals("transfer-encoding")) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      boolean streams = obeys && answer.headers().map().containsKey("x-accel-buffering");
      try (InputStream in = answer.body();
          OutputStream out = exchange.getResponseBody()) {
        byte[] whole = streams ? new byte[0] : in.readAllBytes();
        exchange.sendResponseHeaders(answer.statusCode(), 0);
        out.write(whole);
        byte[] chunk = new byte[8_192];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
          out.write(chunk, 0, count);
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
