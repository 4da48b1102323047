package coarsen.kafka;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the Kafka cluster that a command uses. */
public final class KafkaOptions {
  private KafkaOptions() {}

  /** For commands that need Kafka. */
  public static final class Required {
    @Option(
        names = "--bootstrapServers",
        required = true,
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, separated by commas.")
    private String bootstrapServers = "";

    /** The clients of that cluster. */
    public KafkaClients clients() {
      return new KafkaClients(bootstrapServers);
    }
  }

  /** For commands that need Kafka only if a topic is named. */
  public static final class ForTopics {
    @Option(
        names = "--bootstrapServers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, separated by commas; needed for topics.")
    private @Nullable String bootstrapServers;

    /** The clients of that cluster; null if none was named. */
    public @Nullable KafkaClients clients() {
      return bootstrapServers == null ? null : new KafkaClients(bootstrapServers);
    }
  }
}
