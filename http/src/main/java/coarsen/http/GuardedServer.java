package coarsen.http;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
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
import java.util.stream.Stream;

/**
 * An HTTP server behind a {@link Guard}; answers from {@link #serve} to {@link #close}. Handlers
 * send whole answers through {@link #responses}, and streams under {@link #writeLimit}.
 */
public final class GuardedServer implements AutoCloseable {
  private static final int CLOSE_SECONDS = 2;
  private static final int IDLE_SECONDS = 60;

  private final ServerAddress address;
  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final WriteLimit writeLimit;
  private final Responses responses;

  /**
   * Opens the port; requests are not answered before {@link #serve}.
   *
   * @param maxRequests how many requests are answered at the same time, streams included
   * @param maxWrite how long one write to a client may take before the client is dropped
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public GuardedServer(ServerAddress address, int maxRequests, Duration maxWrite) {
    this.address = address;
    limitTheJdksServer();
    server = bind(address);
    threads = threads(maxRequests);
    server.setExecutor(threads);
    writeLimit = new WriteLimit(maxWrite);
    responses = new Responses(writeLimit);
  }

  /** Sends whole answers. */
  public Responses responses() {
    return responses;
  }

  /** Drops clients that do not read what they are sent. */
  public WriteLimit writeLimit() {
    return writeLimit;
  }

  /**
   * Starts to answer requests.
   *
   * @param routes handlers by path, such as {@code /healthz}
   */
  public void serve(Map<String, HttpHandler> routes) {
    var hosts =
        new HostRule(
            Stream.concat(
                Stream.of(address.host(), machineName()), address.allowedHosts().stream()));
    server.createContext(
        "/", new Guard(hosts, new SiteRule(address.allowedHosts()), routes, responses));
    server.start();
  }

  /** The server's URL, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    String name = bound.getAddress().isAnyLocalAddress() ? machineName() : address.host();
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + bound.getPort() + "/";
  }

  /** Whether only this machine can reach the server. */
  public boolean isPrivate() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** Closes the port and waits up to 2 seconds for answers that are being written. */
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

  /**
   * The JDK's server can be limited only by system properties, which it reads once, when the first
   * server of the JVM is created.
   */
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

  private static HttpServer bind(ServerAddress address) {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), 0);
    } catch (UnknownHostException e) {
      throw CommandException.usage(
          "--host=" + address.host() + " is not known; write a name or address of this machine");
    } catch (BindException e) {
      throw CommandException.unavailable(
          "can't listen at --port="
              + address.port()
              + " of --host="
              + address.host()
              + " ("
              + e.getMessage()
              + "); --port=0 chooses a free port",
          e);
    } catch (IOException e) {
      throw CommandException.unavailable(
          "can't listen at " + address.host() + ":" + address.port() + ": " + e, e);
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
            DaemonThreads.named("http"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The name by which other machines may know this one. */
  private static String machineName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
