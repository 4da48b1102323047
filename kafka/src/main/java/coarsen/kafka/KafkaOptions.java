package coarsen.kafka;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which Kafka a command talks to. */
public final class KafkaOptions {
  private KafkaOptions() {}

  /** For commands that do nothing without Kafka. */
  public static final class Required {
    @Option(
        names = "--bootstrapServers",
        required = true,
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, with commas between them.")
    private String bootstrapServers = "";

    /** The clients of that Kafka. */
    public KafkaClients clients() {
      return new KafkaClients(bootstrapServers);
    }
  }

  /** For commands that can do without Kafka as long as no topic is named. */
  public static final class ForTopics {
    @Option(
        names = "--bootstrapServers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, with commas between them; needed for topics.")
    private @Nullable String bootstrapServers;

    /** The clients of that Kafka; null if none was named. */
    public @Nullable KafkaClients clients() {
      return bootstrapServers == null ? null : new KafkaClients(bootstrapServers);
    }
  }
}
