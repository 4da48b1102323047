package coarsen.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.GenerateCommand;
import coarsen.viewer.ShowCommand;
import coarsen.viewer.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that want TLS, a client certificate or a login, reached with --kafkaConfig alone. */
class SecurityIT {
  private static final String SECRET = "canary-7d21e0";
  private static final String LISTENER = "listener.name.clients.";
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

  @TempDir static Path certificates;
  private static EmbeddedBroker login;
  private static EmbeddedBroker scram;
  private static EmbeddedBroker tls;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() throws Exception {
    certificate("broker");
    certificate("client");
    certificate("other");
    login =
        EmbeddedBroker.startSecured(
            "SASL_PLAINTEXT",
            Map.of(
                LISTENER + "sasl.enabled.mechanisms",
                "PLAIN",
                LISTENER + "plain.sasl.jaas.config",
                PLAIN + " required user_alice=\"" + SECRET + "\";"));
    Map<String, String> ofScram = new HashMap<>(certificateOf("broker", LISTENER));
    ofScram.put(LISTENER + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
    ofScram.put(LISTENER + "scram-sha-512.sasl.jaas.config", SCRAM + " required;");
    scram = EmbeddedBroker.startSecured("SASL_SSL", ofScram);
    try (var admin = new KafkaClients(scram.directServers()).admin(Map.of())) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "alice",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      SECRET)))
          .all()
          .get();
    }
    Map<String, String> ofTls = new HashMap<>(certificateOf("broker", LISTENER));
    ofTls.put(LISTENER + "ssl.client.auth", "required");
    ofTls.put(LISTENER + "ssl.truststore.type", "PEM");
    ofTls.put(LISTENER + "ssl.truststore.location", certificates.resolve("client.pem").toString());
    tls = EmbeddedBroker.startSecured("SSL", ofTls);
  }

  @AfterAll
  static void stop() {
    login.close();
    scram.close();
    tls.close();
  }

  /** A certificate of 127.0.0.1: its key in NAME.p12, itself in NAME.pem and NAME-trust.p12. */
  private static void certificate(String name) throws Exception {
    keytool(
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
        "2",
        "-keystore",
        name + ".p12");
    keytool(
        "-exportcert", "-rfc", "-alias", name, "-keystore", name + ".p12", "-file", name + ".pem");
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        name + ".pem",
        "-keystore",
        name + "-trust.p12");
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", SECRET));
    Process keytool =
        new ProcessBuilder(command)
            .directory(certificates.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, keytool.waitFor(), said);
  }

  private static Map<String, String> certificateOf(String name, String prefix) {
    return Map.of(
        prefix + "ssl.keystore.type",
        "PKCS12",
        prefix + "ssl.keystore.location",
        certificates.resolve(name + ".p12").toString(),
        prefix + "ssl.keystore.password",
        SECRET,
        prefix + "ssl.key.password",
        SECRET);
  }

  private static Map<String, String> pkcs12Trust(String name) {
    return Map.of(
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        certificates.resolve(name + "-trust.p12").toString(),
        "ssl.truststore.password",
        SECRET);
  }

  private static Map<String, String> login(String protocol, String mechanism, String password) {
    return Map.of(
        "security.protocol", protocol,
        "sasl.mechanism", mechanism,
        "sasl.jaas.config",
            "%s required username=\"alice\" password=\"%s\";"
                .formatted(mechanism.equals("PLAIN") ? PLAIN : SCRAM, password));
  }

  private static Map<String, String> tls(Map<String, String> trust) {
    Map<String, String> config = new HashMap<>(trust);
    config.put("security.protocol", "SSL");
    return config;
  }

  @SafeVarargs
  private Path config(EmbeddedBroker broker, Map<String, String>... parts) throws IOException {
    var text = new StringBuilder("bootstrap.servers=" + broker.bootstrapServers() + "\n");
    for (Map<String, String> part : parts) {
      part.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    }
    Path file = Files.createTempFile(folder, "kafka", ".properties");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(file, text);
  }

  /** All that a command prints, and the log with it. */
  private int execute(Callable<Integer> command, Path config, String... options) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, UTF_8);
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    System.setOut(out);
    System.setErr(out);
    try {
      return Commands.commandLine(command)
          .setOut(new PrintWriter(out, true, UTF_8))
          .setErr(new PrintWriter(out, true, UTF_8))
          .execute(
              Stream.concat(Stream.of("--kafkaConfig=" + config), Stream.of(options))
                  .toArray(String[]::new));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
      printed = bytes.toString(UTF_8);
      System.err.print(printed);
      assertFalse(printed.contains(SECRET), printed);
    }
  }

  private int generate(Path config, String topic) {
    return execute(new GenerateCommand(), config, "--topic=" + topic, "--count=1000", "--rate=max");
  }

  private void assertWorks(Path config) throws IOException {
    assertEquals(ExitCode.OK, generate(config, "readings"), () -> printed);
    String raw = "--raw=topic:raw";
    String reduced = "--reduced=files:" + folder.resolve("reduced");
    String rejected = "--rejected=topic:rejected";
    assertEquals(
        ExitCode.OK,
        execute(
            new RunCommand(),
            config,
            "--topic=readings",
            "--from=earliest",
            "--until=end",
            raw.replace("raw=", "rawOutput="),
            reduced.replace("reduced=", "reducedOutput="),
            rejected.replace("rejected=", "rejectedOutput=")),
        () -> printed);
    assertTrue(printed.contains("1,000 readings in"), printed);
    assertEquals(
        ExitCode.OK,
        execute(
            new VerifyCommand(), config, raw, reduced, rejected, "--topic=readings", "--complete"),
        () -> printed);
    assertEquals(ExitCode.OK, execute(new ShowCommand(), config, raw), () -> printed);
    try (Stream<Path> files = Files.walk(folder.resolve("reduced"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains(SECRET));
      }
    }
  }

  private void assertRefused(String problem, Path config) {
    assertFails(ExitCode.UNAVAILABLE, problem, config);
  }

  private void assertFails(int expected, String problem, Path config) {
    for (boolean run : new boolean[] {true, false}) {
      int exitCode =
          assertTimeout(
              Duration.ofSeconds(10),
              () ->
                  run
                      ? execute(
                          new RunCommand(), config, "--topic=readings", "--reducedOutput=topic:r")
                      : execute(new ShowCommand(), config, "--raw=topic:raw"));
      assertEquals(expected, exitCode, printed);
      // Consumers of other tests in this JVM may still look for their brokers.
      long lines =
          printed
              .lines()
              .filter(line -> !line.contains(" NetworkClient - ") || line.contains("authentic"))
              .count();
      assertEquals(1, lines, printed);
      assertTrue(printed.contains(problem), printed);
    }
  }

  @Test
  void aLoginWithPlain() throws Exception {
    assertWorks(config(login, login("SASL_PLAINTEXT", "PLAIN", SECRET)));
  }

  /** Arguments are in the list of processes, too. */
  @Test
  void noLogAtAnyLevelHasASecret() throws Exception {
    for (Path config :
        List.of(
            config(login, login("SASL_PLAINTEXT", "PLAIN", SECRET)),
            config(scram, login("SASL_SSL", "SCRAM-SHA-512", SECRET), pkcs12Trust("broker")))) {
      assertEquals(ExitCode.OK, generate(config, "logged"), () -> printed);
      Path log = Files.createTempFile(folder, "run", ".log");
      Process run =
          ChildJvm.start(
              log,
              "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
              "-Dorg.slf4j.simpleLogger.log.coarsen=trace",
              "coarsen.pipeline.RunCommand",
              "--kafkaConfig=" + config,
              "--topic=logged",
              "--from=earliest",
              "--until=end",
              "--rawOutput=topic:logged-raw",
              "--reducedOutput=files:" + folder.resolve("logged"));
      int exitCode = run.waitFor();
      String said = Files.readString(log, ISO_8859_1);
      assertFalse(said.contains(SECRET), "the log has a secret");
      assertEquals(ExitCode.OK, exitCode, () -> said.substring(Math.max(0, said.length() - 5_000)));
      assertTrue(
          said.contains("readings in") && said.contains("sasl.jaas.config"), "it is a trace");
    }
  }

  @Test
  void aLoginWithScramOverTls() throws Exception {
    assertWorks(config(scram, login("SASL_SSL", "SCRAM-SHA-512", SECRET), pkcs12Trust("broker")));
  }

  @Test
  void aClientCertificateAndATruststoreInPem() throws Exception {
    assertWorks(
        config(
            tls,
            certificateOf("client", ""),
            tls(
                Map.of(
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.location",
                    certificates.resolve("broker.pem").toString()))));
  }

  @Test
  void aWrongPasswordIsOneLine() throws Exception {
    assertRefused(
        "the broker at " + login.bootstrapServers() + " refuses the login: Authentication failed",
        config(login, login("SASL_PLAINTEXT", "PLAIN", SECRET + "x")));
    assertRefused(
        "the broker at " + scram.bootstrapServers() + " refuses the login: Authentication failed",
        config(scram, login("SASL_SSL", "SCRAM-SHA-512", SECRET + "x"), pkcs12Trust("broker")));
  }

  @Test
  void aMechanismThatTheBrokerDoesNotHaveIsNamed() throws Exception {
    assertRefused(
        "enabled mechanisms are [PLAIN]",
        config(login, login("SASL_PLAINTEXT", "SCRAM-SHA-512", SECRET)));
  }

  @Test
  void aCertificateThatIsNotTrustedIsOneLine() throws Exception {
    assertRefused(
        "the certificate of " + tls.bootstrapServers() + " is not trusted: ",
        config(tls, certificateOf("client", ""), tls(pkcs12Trust("other"))));
    assertRefused(
        "the certificate of " + scram.bootstrapServers() + " is not trusted: ",
        config(scram, login("SASL_SSL", "SCRAM-SHA-512", SECRET)));
  }

  /** Often, because the broker's reason may be lost on its way. */
  @RepeatedTest(20)
  void aClientCertificateThatIsMissingOrNotTrustedIsOneLine() throws Exception {
    String problem = "the broker at " + tls.bootstrapServers() + " ends the TLS handshake: ";
    assertRefused(problem, config(tls, tls(pkcs12Trust("broker"))));
    assertRefused(problem, config(tls, certificateOf("other", ""), tls(pkcs12Trust("broker"))));
  }

  @Test
  void aProtocolThatIsNotTheListenersIsOneLine() throws Exception {
    assertRefused(
        "wants a login; correct security.protocol in ", config(login, Map.of("client.rack", "r")));
    assertRefused("speaks TLS; correct security.protocol in ", config(tls));
    assertRefused(
        "speaks TLS; correct security.protocol in ",
        config(scram, login("SASL_PLAINTEXT", "SCRAM-SHA-512", SECRET)));
    assertRefused(
        "does not speak TLS; correct security.protocol in ",
        config(login, tls(pkcs12Trust("broker"))));
  }

  @Test
  void settingsThatNoClientCanBeMadeWithAreWrongOptions() throws Exception {
    assertFails(
        ExitCode.USAGE,
        " has no login that can be used",
        config(
            login,
            Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", PLAIN + " required password=x " + SECRET + ";")));
    assertFails(
        ExitCode.USAGE,
        " has no login that can be used",
        config(login, Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN")));
    assertFails(
        ExitCode.USAGE,
        "none.p12",
        config(
            tls,
            tls(
                Map.of(
                    "ssl.truststore.type",
                    "PKCS12",
                    "ssl.truststore.location",
                    certificates.resolve("none.p12").toString(),
                    "ssl.truststore.password",
                    SECRET))));
    assertFails(
        ExitCode.USAGE,
        "password",
        config(
            tls,
            tls(
                Map.of(
                    "ssl.truststore.type",
                    "PKCS12",
                    "ssl.truststore.location",
                    certificates.resolve("other-trust.p12").toString(),
                    "ssl.truststore.password",
                    SECRET + "x"))));
  }
}
