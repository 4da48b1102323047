package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.command.Logging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka, broker and controller in one, inside this JVM. It listens on 127.0.0.1 only and has
 * no authentication unless a test wants it: it is for demonstrations, benchmarks and tests.
 *
 * <p>It never deletes records, whatever their age or number: with Kafka's default retention of
 * seven days, records with an old Kafka timestamp would disappear soon after they were written.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String PLAINTEXT = "PLAINTEXT";

  private final KafkaRaftServer server;
  private final BrokerFolder folder;
  private final int port;
  private final int directPort;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, BrokerFolder folder, int port, int directPort) {
    this.server = server;
    this.folder = folder;
    this.port = port;
    this.directPort = directPort;
  }

  /**
   * Silences the warnings that even a healthy broker logs on each start and stop: its controller
   * reports that it becomes active, and the broker closes one of its own clients twice. For a
   * command's {@code main}, before it starts a broker.
   */
  public static void quietLogs() {
    Logging.quiet(
        "org.apache.kafka.controller.QuorumController", "org.apache.kafka.clients.NetworkClient");
  }

  /**
   * Starts a broker that keeps its topics in a folder; a later broker on the same folder finds them
   * again.
   *
   * @param port 1 to 65535, or 0 for any free port
   * @param dataDir created if it does not exist
   * @throws CommandException if the port is taken or the folder can't be used
   */
  public static EmbeddedBroker start(int port, Path dataDir) {
    return start(port, "", PLAINTEXT, BrokerFolder.kept(dataDir), Map.of());
  }

  /**
   * Starts a broker on a temporary folder, which {@link #close} deletes.
   *
   * @param port 1 to 65535, or 0 for any free port
   * @throws CommandException if the port is taken
   */
  public static EmbeddedBroker startTemporary(int port) {
    return start(port, "", PLAINTEXT, BrokerFolder.temporary(), Map.of());
  }

  /**
   * Starts a broker on a free port and a temporary folder, with other settings than usual.
   *
   * @param settings of Kafka's broker, which take precedence
   * @throws CommandException if the broker can't start
   */
  public static EmbeddedBroker startWith(Map<String, String> settings) {
    return start(0, "", PLAINTEXT, BrokerFolder.temporary(), settings);
  }

  /**
   * Starts a broker on a free port and a temporary folder, whose clients use TLS or a login. {@link
   * #directServers} is an address that needs neither.
   *
   * @param protocol of Kafka, such as {@code SASL_SSL}
   * @param settings of Kafka's broker, which take precedence; those of the listener begin with
   *     {@code listener.name.clients.}
   * @throws CommandException if the broker can't start
   */
  public static EmbeddedBroker startSecured(String protocol, Map<String, String> settings) {
    return start(0, "", protocol, BrokerFolder.temporary(), settings);
  }

  /**
   * Starts a broker on a temporary folder that tells its clients another address than its own, such
   * as a {@link TcpProxy}'s. {@link #directServers} is an address around that.
   *
   * @param advertised {@code HOST:PORT}
   * @throws CommandException if the broker can't start
   */
  public static EmbeddedBroker startAdvertising(String advertised) {
    return start(0, advertised, PLAINTEXT, BrokerFolder.temporary(), Map.of());
  }

  private static EmbeddedBroker start(
      int wantedPort,
      String advertised,
      String protocol,
      BrokerFolder folder,
      Map<String, String> settings) {
    try {
      folder.format(BrokerConfig.NODE_ID, BrokerConfig.CONTROLLER_LISTENER);
      folder.refuseIfInUse();
      int controllerPort = freePort(0);
      int port = freePort(wantedPort);
      Map<String, String> config = BrokerConfig.of(port, controllerPort, folder.path());
      boolean needsDirect = !advertised.isEmpty() || !protocol.equals(PLAINTEXT);
      int directPort = needsDirect ? freePort(0) : port;
      if (needsDirect) {
        BrokerConfig.addDirect(
            config,
            protocol,
            advertised.isEmpty() ? BrokerConfig.HOST + ":" + port : advertised,
            BrokerConfig.HOST + ":" + directPort);
      }
      config.putAll(settings);
      var server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
      try {
        server.startup();
      } catch (RuntimeException e) {
        server.shutdown();
        throw CommandException.unavailable(
            "the broker can't start on " + folder.path() + ": " + e.getMessage(), e);
      }
      return new EmbeddedBroker(server, folder, port, directPort);
    } catch (RuntimeException e) {
      folder.release();
      throw e;
    }
  }

  /** The address for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return BrokerConfig.HOST + ":" + port;
  }

  /** An address for {@code bootstrap.servers} whose clients never use the advertised one. */
  public String directServers() {
    return BrokerConfig.HOST + ":" + directPort;
  }

  /** The folder of the topics. */
  public Path dataDirectory() {
    return folder.path();
  }

  /** Stops the broker; everything it acknowledged is on disk. Closing it again has no effect. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    folder.release();
  }

  // The broker's configuration names the controller's port, so it must be chosen before the
  // controller listens. Trying both ports first also tells a taken port from other failures.
  private static int freePort(int wanted) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw CommandException.unavailable(
          "port " + wanted + " of " + BrokerConfig.HOST + " can't be used: " + e.getMessage(), e);
    }
  }
}
