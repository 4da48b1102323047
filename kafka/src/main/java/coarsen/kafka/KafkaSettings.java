package coarsen.kafka;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The settings of Kafka's clients that a user gives in a file. They may be passwords, so an
 * engine's job has only the file's name: each JVM that creates clients reads the file itself, once.
 */
public final class KafkaSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No settings, and no file. */
  public static final KafkaSettings NONE = new KafkaSettings("", "");

  /** By id. A file that can be read but once, such as a pipe, is not read again in its JVM. */
  private static final Map<String, Map<String, String>> READ = new ConcurrentHashMap<>();

  private final String file;
  private final String id;

  private KafkaSettings(String file, String id) {
    this.file = file;
    this.id = id;
  }

  /**
   * Reads a file, and warns if others may read its secrets.
   *
   * @throws coarsen.command.CommandException if it can't be read, or has a setting that can't be
   *     used
   */
  static KafkaSettings read(Path file) {
    var settings =
        new KafkaSettings(file.toAbsolutePath().toString(), UUID.randomUUID().toString());
    KafkaConfigFile.warn(file, settings.all());
    return settings;
  }

  /** What the file says but for the address of the brokers. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>(all());
    values.remove(KafkaConfigFile.SERVERS);
    return values;
  }

  /** The names of what the file sets, which take precedence over defaults. */
  public Set<String> names() {
    return values().keySet();
  }

  /** The address of the brokers in the file; empty if there is none. */
  String bootstrapServers() {
    return all().getOrDefault(KafkaConfigFile.SERVERS, "");
  }

  private Map<String, String> all() {
    return file.isEmpty()
        ? Map.of()
        : READ.computeIfAbsent(id, unused -> KafkaConfigFile.read(Path.of(file)));
  }

  /** The option, which holds no secret; empty for none. */
  @Override
  public String toString() {
    return file.isEmpty() ? "" : "--kafkaConfig=" + file;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaSettings settings && settings.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
