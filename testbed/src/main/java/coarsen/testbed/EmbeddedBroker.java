package coarsen.testbed;

import coarsen.command.CommandException;
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
 * A real Kafka, broker and controller in one, inside this JVM. It listens on 127.0.0.1 alone and
 * has no authentication: it is for demonstrations, benchmarks and tests.
 *
 * <p>It never deletes records by itself, whatever their age or number: with Kafka's usual seven
 * days, records that carry an old Kafka timestamp would be gone soon after they were written.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int NODE_ID = 1;
  private static final String CONTROLLER_LISTENER = "CONTROLLER";

  static {
    // Warnings of every start and every stop of a broker that is well: the controller says that it
    // becomes active, and the broker closes one of its own clients twice.
    quiet("org.apache.kafka.controller.QuorumController");
    quiet("org.apache.kafka.clients.NetworkClient");
  }

  private final KafkaRaftServer server;
  private final BrokerFolder folder;
  private final int port;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, BrokerFolder folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a broker whose topics stay in a folder; a broker that is started there later has them.
   *
   * @param port 1 to 65535, or 0 for one that is free
   * @param dataDir made if it is not there
   * @throws CommandException if the port is taken or the folder can't be used
   */
  public static EmbeddedBroker start(int port, Path dataDir) {
    return start(port, BrokerFolder.kept(dataDir));
  }

  /**
   * Starts a broker on a temporary folder, which {@link #close} removes.
   *
   * @param port 1 to 65535, or 0 for one that is free
   * @throws CommandException if the port is taken
   */
  public static EmbeddedBroker startTemporary(int port) {
    return start(port, BrokerFolder.temporary());
  }

  private static EmbeddedBroker start(int wantedPort, BrokerFolder folder) {
    try {
      folder.format(NODE_ID, CONTROLLER_LISTENER);
      folder.refuseIfInUse();
      int controllerPort = freePort(0);
      int port = freePort(wantedPort);
      var server = new KafkaRaftServer(config(port, controllerPort, folder.path()), Time.SYSTEM);
      try {
        server.startup();
      } catch (RuntimeException e) {
        server.shutdown();
        throw CommandException.unavailable(
            "the broker can't start on " + folder.path() + ": " + e.getMessage(), e);
      }
      return new EmbeddedBroker(server, folder, port);
    } catch (RuntimeException e) {
      folder.release();
      throw e;
    }
  }

  /** The address for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The folder that has the topics. */
  public Path dataDirectory() {
    return folder.path();
  }

  /** Stops the broker; all it has acknowledged is on disk. Does nothing the second time. */
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

  private static void quiet(String logger) {
    System.setProperty("org.slf4j.simpleLogger.log." + logger, "error");
  }

  // The controller's port must be known before it listens, for the broker finds it by its
  // configuration; so both ports are tried first, which also tells apart why a start failed.
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

  private static KafkaConfig config(int port, int controllerPort, Path folder) {
    String controller = HOST + ":" + controllerPort;
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", String.valueOf(NODE_ID));
    config.put("controller.quorum.voters", NODE_ID + "@" + controller);
    config.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + controller);
    config.put("controller.listener.names", CONTROLLER_LISTENER);
    config.put("log.dirs", folder.toString());

    config.put("log.retention.ms", "-1");

    // One broker: nothing can have a second replica.
    config.put("offsets.topic.replication.factor", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");

    // For one machine and few clients: a group's first member waits for no others, and what a
    // cluster spreads over 50 partitions and many threads would only make the start slow.
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "2");
    config.put("background.threads", "2");
    config.put("log.cleaner.dedupe.buffer.size", "16777216");
    return new KafkaConfig(config, false);
  }
}
