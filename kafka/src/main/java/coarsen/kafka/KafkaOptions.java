package coarsen.kafka;

import coarsen.command.CommandException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the Kafka cluster that a command uses. */
public final class KafkaOptions {
  private KafkaOptions() {}

  private abstract static class ConfigOption {
    @Option(
        names = "--kafkaConfig",
        paramLabel = "FILE",
        description =
            "Settings of Kafka's clients for TLS, SASL and others, as Java properties; may hold"
                + " bootstrap.servers.")
    private @Nullable Path kafkaConfig;

    private @Nullable KafkaClients clients;

    /** The clients; null if no broker was named. The file is read once. */
    final @Nullable KafkaClients clients(@Nullable String bootstrapServers) {
      if (clients == null) {
        KafkaSettings settings =
            kafkaConfig == null ? KafkaSettings.NONE : KafkaSettings.read(kafkaConfig);
        String servers = bootstrapServers == null ? settings.bootstrapServers() : bootstrapServers;
        if (bootstrapServers == null && servers.isEmpty()) {
          return null;
        }
        clients = new KafkaClients(servers, settings);
      }
      return clients;
    }
  }

  /** For commands that need Kafka. */
  public static final class Required extends ConfigOption {
    @Option(
        names = "--bootstrapServers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, separated by commas.")
    private @Nullable String bootstrapServers;

    /**
     * The clients of that cluster.
     *
     * @throws CommandException if there are no brokers in the options, or the file can't be used
     */
    public KafkaClients clients() {
      KafkaClients named = clients(bootstrapServers);
      if (named == null) {
        throw CommandException.usage(
            "no broker is named; give --bootstrapServers=HOST:PORT, or bootstrap.servers in"
                + " --kafkaConfig=FILE");
      }
      return named;
    }
  }

  /** For commands that need Kafka only if a topic is named. */
  public static final class ForTopics extends ConfigOption {
    @Option(
        names = "--bootstrapServers",
        paramLabel = "HOST:PORT",
        description = "Kafka brokers, separated by commas; needed for topics.")
    private @Nullable String bootstrapServers;

    /**
     * The clients of that cluster; null if none was named.
     *
     * @throws CommandException if the file can't be used
     */
    public @Nullable KafkaClients clients() {
      return clients(bootstrapServers);
    }
  }
}
