package coarsen.testbed;

import coarsen.kafka.KafkaClients;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A user of a broker of {@link EmbeddedBroker#startSecured}.
 *
 * @param mechanism {@code PLAIN} or {@code SCRAM-SHA-512}
 * @param user without quotes, as the password
 */
public record Login(String mechanism, String user, String password) {
  /** What begins the settings of the broker's secured listener. */
  public static final String LISTENER = "listener.name.clients.";

  private static final String PLAIN = "PLAIN";
  private static final String MODULES = "org.apache.kafka.common.security.";

  /** What Kafka calls the code that logs in, for {@code sasl.jaas.config}. */
  public static String module(String mechanism) {
    return MODULES
        + (mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule");
  }

  /** The settings of a broker that wants logins of this mechanism and knows a user of PLAIN. */
  public Map<String, String> brokerSettings() {
    String users = mechanism.equals(PLAIN) ? " user_" + user + "=\"" + password + "\"" : "";
    return Map.of(
        LISTENER + "sasl.enabled.mechanisms",
        mechanism,
        LISTENER + mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
        module(mechanism) + " required" + users + ";");
  }

  /**
   * The settings of a client.
   *
   * @param protocol of Kafka: {@code SASL_PLAINTEXT} or {@code SASL_SSL}
   */
  public Map<String, String> clientSettings(String protocol) {
    return Map.of(
        "security.protocol",
        protocol,
        "sasl.mechanism",
        mechanism,
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(module(mechanism), user, password));
  }

  /**
   * Starts a broker that wants this login over TLS, of SCRAM-SHA-512.
   *
   * @param more settings of the listener, without what begins their names: at least its certificate
   */
  public EmbeddedBroker startBroker(Map<String, String> more)
      throws InterruptedException, ExecutionException {
    Map<String, String> settings = new HashMap<>(brokerSettings());
    more.forEach((name, value) -> settings.put(LISTENER + name, value));
    var broker = EmbeddedBroker.startSecured("SASL_SSL", settings);
    try (Admin admin = new KafkaClients(broker.directServers()).admin(Map.of())) {
      var scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, scram, password)))
          .all()
          .get();
      return broker;
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }
}
