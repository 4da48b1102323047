package coarsen.testbed;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of an embedded broker. */
final class BrokerConfig {
  static final String HOST = "127.0.0.1";
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerConfig() {}

  /** Lets clients use another protocol or address, and adds a listener {@code DIRECT} without. */
  static void addDirect(
      Map<String, String> config, String protocol, String advertised, String direct) {
    config.compute(
        "listeners",
        (name, listeners) ->
            listeners.replace("PLAINTEXT://", "CLIENTS://") + ",DIRECT://" + direct);
    config.put("advertised.listeners", "CLIENTS://" + advertised + ",DIRECT://" + direct);
    config.put(
        "listener.security.protocol.map",
        "CLIENTS:" + protocol + ",DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("inter.broker.listener.name", "DIRECT");
  }

  /** The settings of a broker with a listener {@code PLAINTEXT}. */
  static Map<String, String> of(int port, int controllerPort, Path folder) {
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
