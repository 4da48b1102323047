package coarsen.viewer.web;

import coarsen.command.CommandException;
import coarsen.http.BadRequestException;
import coarsen.http.GuardedServer;
import coarsen.http.Query;
import coarsen.http.ServerAddress;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.web.LiveData.View;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Serves the page at {@code /}, its events at {@code /events}, pictures at {@code /chart.png} and
 * {@code /chart.svg}, the series to pick from at {@code /series}, and the state at {@code
 * /healthz}, from {@link #start} to {@link #close}.
 */
public final class PageServer implements AutoCloseable {
  /** How many pages can be open at the same time. */
  static final int MAX_CLIENTS = 32;

  /** Threads for everything that is not a stream. */
  private static final int OTHER_REQUESTS = 8;

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final GuardedServer server;
  private final LiveData data;
  private final EventStream events;

  private PageServer(GuardedServer server, LiveData data) {
    this.server = server;
    this.data = data;
    var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    var cache = new EventCache(run, MAX_CLIENTS, System::nanoTime);
    events = new EventStream(data, cache, server.responses(), server.writeLimit(), MAX_CLIENTS);
  }

  /**
   * Starts to serve.
   *
   * @param address where to listen
   * @param model what the page shows
   * @param extent how much of it is shown at first
   * @param selection which series are shown at first
   * @param check throws if an output can't be read any more; for {@code /healthz}
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public static PageServer start(
      ServerAddress address,
      ViewModel model,
      VisibleSpan extent,
      Selection selection,
      PageStyle style,
      Runnable check) {
    return start(address, new ModelData(model, extent, selection, style, check), WRITE_LIMIT);
  }

  static PageServer start(ServerAddress address, LiveData data, Duration writeLimit) {
    var server = new GuardedServer(address, MAX_CLIENTS + OTHER_REQUESTS, writeLimit);
    var page = new PageServer(server, data);
    server.serve(page.routes());
    return page;
  }

  /** The page's URL, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    return server.address();
  }

  /** Whether only this machine can reach the page. */
  public boolean isPrivate() {
    return server.isPrivate();
  }

  /** How many more pages can be opened. */
  int freeStreams() {
    return events.freeStreams();
  }

  /** Ends the streams and closes the port. */
  @Override
  public void close() {
    events.close();
    server.close();
  }

  private Map<String, HttpHandler> routes() {
    Map<String, HttpHandler> routes = new HashMap<>(Resources.load(server.responses()));
    routes.put("/events", events);
    routes.put(
        "/picture",
        exchange -> send(exchange, "application/json", view -> view.snapshot().picture()));
    routes.put("/chart.png", exchange -> send(exchange, "image/png", View::png));
    routes.put("/chart.svg", exchange -> send(exchange, "image/svg+xml", View::svg));
    routes.put("/series", this::series);
    routes.put("/healthz", this::health);
    return routes;
  }

  /** Sends a picture, also to clients without scripts: a report, a wiki, {@code curl}. */
  private void send(HttpExchange exchange, String type, Function<View, byte[]> draw)
      throws IOException {
    View view = view(data, exchange.getRequestURI());
    byte[] picture;
    synchronized (this) { // Drawing is expensive, so pictures are drawn one after the other.
      picture = draw.apply(view);
    }
    server.responses().send(exchange, 200, type, picture);
  }

  /**
   * The view that a request asks for.
   *
   * @throws BadRequestException if a parameter has a wrong value
   */
  static View view(LiveData data, URI uri) {
    Map<String, String> query = parameters(uri);
    try {
      return data.view(query);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, String> parameters(URI uri) {
    try {
      return Query.parameters(uri);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
  }

  private void series(HttpExchange exchange) throws IOException {
    String search = parameters(exchange.getRequestURI()).getOrDefault("search", "");
    server.responses().send(exchange, 200, "application/json", data.series(search));
  }

  private void health(HttpExchange exchange) throws IOException {
    try {
      data.check();
    } catch (RuntimeException e) { // Ends the command, which says why.
      server.responses().text(exchange, 503, "failed: an output can't be read any more");
      return;
    }
    server.responses().text(exchange, 200, "ok");
  }
}
