package coarsen.viewer.web;

import coarsen.command.CommandException;
import coarsen.viewer.model.Extent;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.web.LiveData.View;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page at {@code /}, its stream at {@code /events}, pictures at {@code /chart.png} and
 * {@code /chart.svg}, and {@code /healthz}, from {@link #start} to {@link #close}.
 */
public final class PageServer implements AutoCloseable {
  /** How many pages can be open at once. */
  static final int MOST_CLIENTS = 32;

  /** Threads for everything that is not a stream. */
  private static final int OTHER_REQUESTS = 8;

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);
  private static final int CLOSE_SECONDS = 2;
  private static final int IDLE_SECONDS = 60;

  static {
    // Read once by the JDK's server: seconds for a request, and connections; it has no others.
    setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    setUnlessSet("jdk.httpserver.maxConnections", "128");
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final WriteLimit limit;
  private final Events events;
  private final String host;

  private PageServer(HttpServer server, String host, LiveData data, Duration writeLimit) {
    this.server = server;
    this.host = host;
    limit = new WriteLimit(writeLimit);
    var responses = new Responses(limit);
    var run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    var frames = new Frames(run, MOST_CLIENTS, System::nanoTime);
    events = new Events(data, frames, responses, limit, MOST_CLIENTS);
    var charts = new Charts(data, responses);
    Map<String, HttpHandler> routes = new HashMap<>(Resources.load(responses));
    routes.put("/events", events);
    routes.put(
        "/picture",
        exchange -> charts.send(exchange, "application/json", view -> view.still().picture()));
    routes.put("/chart.png", exchange -> charts.send(exchange, "image/png", View::png));
    routes.put("/chart.svg", exchange -> charts.send(exchange, "image/svg+xml", View::svg));
    routes.put("/healthz", exchange -> health(data, responses, exchange));
    server.createContext("/", new Guard(new HostRule(host, ownName()), routes, responses));
    threads = threads();
    server.setExecutor(threads);
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
      PageAddress at, ViewModel model, Extent extent, PageLook look, Runnable check) {
    return start(at, new ModelData(model, extent, look, check), WRITE_LIMIT);
  }

  static PageServer start(PageAddress at, LiveData data, Duration writeLimit) {
    var page = new PageServer(bind(at.host(), at.port()), at.host(), data, writeLimit);
    page.server.start();
    return page;
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    InetSocketAddress at = server.getAddress();
    String name = at.getAddress().isAnyLocalAddress() ? ownName() : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + at.getPort() + "/";
  }

  /** Whether only this machine can reach the page. */
  public boolean isPrivate() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** How many more pages can be opened. */
  int freePlaces() {
    return events.freePlaces();
  }

  /** Ends the streams and closes the port. */
  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdown();
    try {
      var unused = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    limit.close();
  }

  private static void health(LiveData data, Responses responses, HttpExchange exchange)
      throws IOException {
    try {
      data.check();
    } catch (RuntimeException e) {
      responses.text(exchange, 503, "failed: " + e.getMessage());
      return;
    }
    responses.text(exchange, 200, "ok");
  }

  private static HttpServer bind(String host, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (UnknownHostException e) {
      throw CommandException.usage(
          "--host=" + host + " is not known; write a name or address of this machine");
    } catch (BindException e) {
      throw CommandException.unavailable(
          "can't listen at --port="
              + port
              + " of --host="
              + host
              + " ("
              + e.getMessage()
              + "); --port=0 takes a port that is free",
          e);
    } catch (IOException e) {
      throw CommandException.unavailable("can't listen at " + host + ":" + port + ": " + e, e);
    }
  }

  private static ThreadPoolExecutor threads() {
    int count = MOST_CLIENTS + OTHER_REQUESTS;
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "page");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** What other machines may call this one. */
  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
