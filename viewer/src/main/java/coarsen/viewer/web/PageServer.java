package coarsen.viewer.web;

import coarsen.command.CommandException;
import coarsen.http.BadRequestException;
import coarsen.http.GuardedServer;
import coarsen.http.Query;
import coarsen.http.ServerAddress;
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
 * Serves the page at {@code /}, its stream at {@code /events}, pictures at {@code /chart.png} and
 * {@code /chart.svg}, and {@code /healthz}, from {@link #start} to {@link #close}.
 */
public final class PageServer implements AutoCloseable {
  /** How many pages can be open at once. */
  static final int MAX_CLIENTS = 32;

  /** Threads for everything that is not a stream. */
  private static final int OTHER_REQUESTS = 8;

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final GuardedServer server;
  private final LiveData data;
  private final Events events;

  private PageServer(GuardedServer server, LiveData data) {
    this.server = server;
    this.data = data;
    var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    var frames = new Frames(run, MAX_CLIENTS, System::nanoTime);
    events = new Events(data, frames, server.responses(), server.writeLimit(), MAX_CLIENTS);
  }

  /**
   * Begins to serve.
   *
   * @param at where to listen
   * @param model what the page shows
   * @param extent how much of it, until someone at a page wants more or less
   * @param check throws if an output can't be read any more; for {@code /healthz}
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public static PageServer start(
      ServerAddress at, ViewModel model, VisibleSpan extent, PageStyle look, Runnable check) {
    return start(at, new ModelData(model, extent, look, check), WRITE_LIMIT);
  }

  static PageServer start(ServerAddress at, LiveData data, Duration writeLimit) {
    var server = new GuardedServer(at, MAX_CLIENTS + OTHER_REQUESTS, writeLimit);
    var page = new PageServer(server, data);
    server.serve(page.routes());
    return page;
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
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
        "/picture", exchange -> send(exchange, "application/json", view -> view.still().picture()));
    routes.put("/chart.png", exchange -> send(exchange, "image/png", View::png));
    routes.put("/chart.svg", exchange -> send(exchange, "image/svg+xml", View::svg));
    routes.put("/healthz", this::health);
    return routes;
  }

  /** Sends a picture to a client without scripts: a report, a wiki, {@code curl}. */
  private void send(HttpExchange exchange, String type, Function<View, byte[]> draw)
      throws IOException {
    View view = view(data, exchange.getRequestURI());
    byte[] chart;
    synchronized (this) { // Drawing is expensive; those who ask for more than one picture wait.
      chart = draw.apply(view);
    }
    server.responses().send(exchange, 200, type, chart);
  }

  /**
   * The view that a request asks for.
   *
   * @throws BadRequestException if there is no such view
   */
  static View view(LiveData data, URI uri) {
    try {
      return data.view(Query.parameters(uri));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
  }

  private void health(HttpExchange exchange) throws IOException {
    try {
      data.check();
    } catch (RuntimeException e) {
      server.responses().text(exchange, 503, "failed: " + e.getMessage());
      return;
    }
    server.responses().text(exchange, 200, "ok");
  }
}
