package coarsen.kafka;

import coarsen.command.CommandException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file of {@code --kafkaConfig}: Java properties, as those of {@code --command-config} of
 * Kafka's own tools. No message has a value that may be a secret.
 */
final class KafkaConfigFile {
  /** May be in the file instead of the option. */
  static final String SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

  private static final Logger LOG = LoggerFactory.getLogger(KafkaConfigFile.class);
  private static final List<ConfigDef> KNOWN =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());
  private static final List<String> STORES =
      List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
  private static final Pattern SECRET = Pattern.compile("password|secret|jaas|token|\\.key$");

  /** Others may be part of a value that was broken over lines. */
  private static final Pattern NAME = Pattern.compile("[a-z]+(\\.[a-z0-9]+)+");

  private static final String BYTES = "messages and rows are bytes to Kafka's clients";
  private static final String NO_COMMIT = "a run commits no offsets";
  private static final String NO_GROUP = "Coarsen reads outside of consumer groups";
  private static final String ONCE = "rows are written once and in order";

  /** Why a setting is refused; a name that ends with '.' stands for all that begin with it. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("key.", BYTES),
          Map.entry("value.", BYTES),
          Map.entry("enable.auto.commit", NO_COMMIT),
          Map.entry("auto.commit.interval.ms", NO_COMMIT),
          Map.entry("auto.offset.reset", "--from says where reading begins"),
          Map.entry("group.", NO_GROUP),
          Map.entry("partition.assignment.strategy", NO_GROUP),
          Map.entry("session.timeout.ms", NO_GROUP),
          Map.entry("heartbeat.interval.ms", NO_GROUP),
          Map.entry("client.id", "each client of a run has a name of its own"),
          Map.entry("allow.auto.create.topics", "Coarsen creates topics itself"),
          Map.entry("max.poll.records", "--maxBatch says how many messages are read at once"),
          Map.entry("transactional.id", "rows are not written in transactions"),
          Map.entry("enable.idempotence", ONCE),
          Map.entry("acks", ONCE),
          Map.entry("retries", ONCE),
          Map.entry("max.in.flight.requests.per.connection", ONCE));

  private KafkaConfigFile() {}

  /**
   * What a file says, checked.
   *
   * @throws CommandException if it can't be read, or a setting can't be used
   */
  static Map<String, String> read(Path file) {
    Map<String, String> values = new TreeMap<>();
    load(file).forEach((name, value) -> values.put((String) name, ((String) value).strip()));
    for (String name : values.keySet()) {
      String reason = OWN.get(name);
      if (reason == null) {
        reason = OWN.get(name.replaceFirst("\\..*", "."));
      }
      if (reason != null) {
        throw refused(file, name + " is not for this file, because " + reason + "; remove it");
      }
    }
    for (String store : STORES) {
      String location = values.get(store);
      // Kafka's config providers are asked later.
      if (location != null && !location.contains("${") && !new File(location).canRead()) {
        throw refused(
            file,
            store + "=" + location + " can't be read on this machine; name a file that is there");
      }
    }
    for (ConfigDef known : KNOWN) {
      for (ConfigValue found : known.validate(values)) {
        if (values.containsKey(found.name()) && !found.errorMessages().isEmpty()) {
          throw refused(
              file,
              isSecret(found.name())
                  ? found.name() + " can't be used; correct it"
                  : found.errorMessages().get(0) + "; correct it");
        }
      }
    }
    return values;
  }

  private static Properties load(Path file) {
    var properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
      return properties;
    } catch (NoSuchFileException e) {
      throw refused(file, "there is no such file on this machine; write the path of a file");
    } catch (AccessDeniedException e) {
      throw refused(file, "the file may not be read; permit it, or name another one");
    } catch (IOException e) {
      throw refused(file, "the file can't be read: " + e.getMessage() + "; name another one");
    } catch (IllegalArgumentException e) {
      throw refused(
          file,
          "the file is not in the form of Java properties: a \\u without four digits follows"
              + " in it; write \\\\u");
    }
  }

  /** The error of a file that can't be used. */
  static CommandException refused(Path file, String what) {
    return CommandException.usage("--kafkaConfig=" + file + ": " + what);
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name).find();
  }

  /** Warns of secrets that others may read, and of names that no client knows. */
  static void warn(Path file, Map<String, String> values) {
    if (values.keySet().stream().anyMatch(KafkaConfigFile::isSecret) && othersMayRead(file)) {
      LOG.warn("{} has secrets, and others may read it; chmod 600 it", file);
    }
    values.keySet().stream()
        .filter(name -> NAME.matcher(name).matches())
        .filter(name -> KNOWN.stream().noneMatch(known -> known.names().contains(name)))
        .forEach(name -> LOG.warn("{} in {} is not a setting of Kafka's clients", name, file));
  }

  private static boolean othersMayRead(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // A pipe, or a file system without permissions.
    }
  }
}
