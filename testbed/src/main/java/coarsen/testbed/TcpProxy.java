package coarsen.testbed;

import coarsen.command.DaemonThreads;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy on 127.0.0.1 between a broker and its clients, for tests of what they do without it. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int targetPort;
  private volatile boolean isCut;

  /** Listens on a free port, and refuses connections until it has a target. */
  public TcpProxy() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("proxy", this::accept);
  }

  /** Where it listens, {@code HOST:PORT}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Passes connections on to an address, {@code HOST:PORT}, of this machine. */
  public void forwardTo(String address) {
    targetPort = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Closes all connections and refuses new ones. */
  public void cut() {
    isCut = true;
    open.forEach(TcpProxy::closeQuietly);
  }

  /** Passes on new connections again. */
  public void restore() {
    isCut = false;
  }

  @Override
  public void close() {
    closeQuietly(server);
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // The client went away, or the proxy was closed.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    var broker = new Socket();
    open.add(broker);
    try {
      broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
    } catch (IOException e) {
      close(client, broker);
      throw e;
    }
    if (isCut) {
      close(client, broker);
      return;
    }
    start("proxy-in", () -> copy(client, broker));
    start("proxy-out", () -> copy(broker, client));
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One side has closed its connection.
    } finally {
      close(from, to);
    }
  }

  private void close(Socket a, Socket b) {
    open.remove(a);
    open.remove(b);
    closeQuietly(a);
    closeQuietly(b);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  private static void start(String name, Runnable task) {
    DaemonThreads.named(name).newThread(task).start();
  }
}
