package coarsen.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Self-signed certificates of 127.0.0.1 in a folder, made by the JDK's keytool: the key in {@code
 * NAME.p12}, the certificate in {@code NAME.pem} and {@code NAME-trust.p12}.
 *
 * @param folder exists
 * @param keyPassword of the keys and their stores; at least six characters, as the other
 * @param trustPassword of the truststores
 */
public record Certificates(Path folder, String keyPassword, String trustPassword) {
  private static final String TYPE = "PKCS12";
  private static final String PASSWORD = "STORE_PASSWORD";

  /**
   * Makes a certificate.
   *
   * @throws IOException if keytool fails
   */
  public void make(String name) throws IOException, InterruptedException {
    keytool(
        keyPassword,
        key(name),
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=ip:127.0.0.1",
        "-validity",
        "2");
    String pem = pem(name).toString();
    keytool(keyPassword, key(name), "-exportcert", "-rfc", "-alias", name, "-file", pem);
    keytool(trustPassword, trust(name), "-importcert", "-noprompt", "-alias", name, "-file", pem);
  }

  /** The file of a certificate without its key. */
  public Path pem(String name) {
    return folder.resolve(name + ".pem");
  }

  /** Kafka's settings for who has the key of a certificate. */
  public Map<String, String> keystore(String name) {
    return Map.of(
        "ssl.keystore.type",
        TYPE,
        "ssl.keystore.location",
        key(name).toString(),
        "ssl.keystore.password",
        keyPassword,
        "ssl.key.password",
        keyPassword);
  }

  /** Kafka's settings for who trusts a certificate. */
  public Map<String, String> truststore(String name) {
    return Map.of(
        "ssl.truststore.type",
        TYPE,
        "ssl.truststore.location",
        trust(name).toString(),
        "ssl.truststore.password",
        trustPassword);
  }

  private Path key(String name) {
    return folder.resolve(name + ".p12");
  }

  private Path trust(String name) {
    return folder.resolve(name + "-trust.p12");
  }

  /** The password is not in the list of processes. */
  private static void keytool(String password, Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", TYPE));
    command.addAll(List.of("-storepass:env", PASSWORD));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(PASSWORD, password);
    Process keytool = builder.start();
    String printed = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + printed);
    }
  }
}
