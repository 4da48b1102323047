package coarsen.http;

import coarsen.command.CommandException;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server behind a {@link Guard}, from {@link #serve} to {@link #close}. Handlers write
 * through {@link #responses}, or under {@link #writeLimit} if they stream.
 */
public final class GuardedServer implements AutoCloseable {
  private static final int CLOSE_SECONDS = 2;
  private static final int IDLE_SECONDS = 60;

  private final ServerAddress at;
  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final WriteLimit writeLimit;
  private final Responses responses;

  /**
   * Opens the port, and answers nothing yet.
   *
   * @param requests how many requests are answered at the same time, streams included
   * @param longestWrite how long one write to a client may take before the client is dropped
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public GuardedServer(ServerAddress at, int requests, Duration longestWrite) {
    this.at = at;
    limitTheJdksServer();
    server = bind(at);
    threads = threads(requests);
    server.setExecutor(threads);
    writeLimit = new WriteLimit(longestWrite);
    responses = new Responses(writeLimit);
  }

  /** What sends whole answers. */
  public Responses responses() {
    return responses;
  }

  /** What drops clients that do not take what they are sent. */
  public WriteLimit writeLimit() {
    return writeLimit;
  }

  /**
   * Begins to answer.
   *
   * @param routes handlers by path, such as {@code /healthz}
   */
  public void serve(Map<String, HttpHandler> routes) {
    server.createContext("/", new Guard(new HostRule(at.host(), ownName()), routes, responses));
    server.start();
  }

  /** Where the server is, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    String name = bound.getAddress().isAnyLocalAddress() ? ownName() : at.host();
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + bound.getPort() + "/";
  }

  /** Whether only this machine can reach the server. */
  public boolean isPrivate() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** Closes the port and waits a moment for answers that are being written. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      var unused = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writeLimit.close();
  }

  /** The JDK's server reads these properties once, and has no other way to be told. */
  private static void limitTheJdksServer() {
    setUnlessSet("sun.net.httpserver.maxReqTime", "10"); // Seconds for a request to arrive.
    setUnlessSet("jdk.httpserver.maxConnections", "128");
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static HttpServer bind(ServerAddress at) {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByName(at.host()), at.port()), 0);
    } catch (UnknownHostException e) {
      throw CommandException.usage(
          "--host=" + at.host() + " is not known; write a name or address of this machine");
    } catch (BindException e) {
      throw CommandException.unavailable(
          "can't listen at --port="
              + at.port()
              + " of --host="
              + at.host()
              + " ("
              + e.getMessage()
              + "); --port=0 takes a port that is free",
          e);
    } catch (IOException e) {
      throw CommandException.unavailable(
          "can't listen at " + at.host() + ":" + at.port() + ": " + e, e);
    }
  }

  private static ThreadPoolExecutor threads(int count) {
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "http");
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
}
