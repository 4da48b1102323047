package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.command.Logging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka, broker and controller in one, inside this JVM. It listens on 127.0.0.1 only and has
 * no authentication: it is for demonstrations, benchmarks and tests.
 *
 * <p>It never deletes records, whatever their age or number: with Kafka's default retention of
 * seven days, records with an old Kafka timestamp would disappear soon after they were written.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int NODE_ID = 1;
  private static final String CONTROLLER_LISTENER = "CONTROLLER";

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
    return start(port, "", BrokerFolder.kept(dataDir), Map.of());
  }

  /**
   * Starts a broker on a temporary folder, which {@link #close} deletes.
   *
   * @param port 1 to 65535, or 0 for any free port
   * @throws CommandException if the port is taken
   */
  public static EmbeddedBroker startTemporary(int port) {
    return start(port, "", BrokerFolder.temporary(), Map.of());
  }

  /**
   * Starts a broker on a free port and a temporary folder, with other settings than usual.
   *
   * @param settings of Kafka's broker, which take precedence
   * @throws CommandException if the broker can't start
   */
  public static EmbeddedBroker startWith(Map<String, String> settings) {
    return start(0, "", BrokerFolder.temporary(), settings);
  }

  /**
   * Starts a broker on a temporary folder that tells its clients another address than its own, such
   * as a {@link TcpProxy}'s. {@link #directServers} is an address around that.
   *
   * @param advertised {@code HOST:PORT}
   * @throws CommandException if the broker can't start
   */
  public static EmbeddedBroker startAdvertising(String advertised) {
    return start(0, advertised, BrokerFolder.temporary(), Map.of());
  }

  private static EmbeddedBroker start(
      int wantedPort, String advertised, BrokerFolder folder, Map<String, String> settings) {
    try {
      folder.format(NODE_ID, CONTROLLER_LISTENER);
      folder.refuseIfInUse();
      int controllerPort = freePort(0);
      int port = freePort(wantedPort);
      Map<String, String> config = config(port, controllerPort, folder.path());
      int directPort = advertised.isEmpty() ? port : freePort(0);
      if (!advertised.isEmpty()) {
        advertise(config, advertised, HOST + ":" + directPort);
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
    return HOST + ":" + port;
  }

  /** An address for {@code bootstrap.servers} whose clients never use the advertised one. */
  public String directServers() {
    return HOST + ":" + directPort;
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
          "port " + wanted + " of " + HOST + " can't be used: " + e.getMessage(), e);
    }
  }

  private static void advertise(Map<String, String> config, String advertised, String direct) {
    config.compute("listeners", (name, listeners) -> listeners + ",DIRECT://" + direct);
    config.put("advertised.listeners", "PLAINTEXT://" + advertised + ",DIRECT://" + direct);
    config.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("inter.broker.listener.name", "DIRECT");
  }

  private static Map<String, String> config(int port, int controllerPort, Path folder) {
    String controller = HOST + ":" + controllerPort;
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", String.valueOf(NODE_ID));
    config.put("controller.quorum.voters", NODE_ID + "@" + controller);
    config.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + controller);
    config.put("controller.listener.names", CONTROLLER_LISTENER);
    config.put("log.dirs", folder.toString());

    config.put("log.retention.ms", "-1");

    // With a single broker nothing can have a second replica.
    config.put("offsets.topic.replication.factor", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");

    // For one machine and few clients: a consumer group does not wait for more members, and a
    // cluster's 50 partitions and many threads would only slow down the start.
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "2");
    config.put("background.threads", "2");
    config.put("log.cleaner.dedupe.buffer.size", "16777216");
    return config;
  }
}
