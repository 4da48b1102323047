package coarsen.demo;

import static coarsen.testbed.Login.LISTENER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.pipeline.InspectCommand;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.Certificates;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.GenerateCommand;
import coarsen.testbed.Login;
import coarsen.viewer.ShowCommand;
import coarsen.viewer.VerifyCommand;
import coarsen.viewer.ViewCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that want TLS, a client certificate or a login, reached with --kafkaConfig alone. */
class SecurityIT {
  private static final String SECRET = "canary-7d21e0";
  private static final Login PLAIN = new Login("PLAIN", "alice", SECRET);
  private static final Login SCRAM = new Login("SCRAM-SHA-512", "alice", SECRET);

  @TempDir static Path place;
  private static Certificates certificates;
  private static EmbeddedBroker login;
  private static EmbeddedBroker scram;
  private static EmbeddedBroker tls;

  @TempDir Path folder;
  private String printed = "";

  @BeforeAll
  static void start() throws Exception {
    certificates = new Certificates(place, SECRET, SECRET);
    for (String name : List.of("broker", "client", "other")) {
      certificates.make(name);
    }
    login = EmbeddedBroker.startSecured("SASL_PLAINTEXT", PLAIN.brokerSettings());
    scram = SCRAM.startBroker(certificates.keystore("broker"));
    Map<String, String> ofTls = new HashMap<>();
    certificates.keystore("broker").forEach((name, value) -> ofTls.put(LISTENER + name, value));
    ofTls.put(LISTENER + "ssl.client.auth", "required");
    ofTls.put(LISTENER + "ssl.truststore.type", "PEM");
    ofTls.put(LISTENER + "ssl.truststore.location", certificates.pem("client").toString());
    tls = EmbeddedBroker.startSecured("SSL", ofTls);
  }

  @AfterAll
  static void stop() {
    login.close();
    scram.close();
    tls.close();
  }

  private static Map<String, String> wrong(Login right, String protocol) {
    return new Login(right.mechanism(), right.user(), SECRET + "x").clientSettings(protocol);
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
    return execute(
        new GenerateCommand(),
        config,
        "--topic=" + topic,
        "--count=1000",
        "--rate=max",
        "--malformedShare=0.1");
  }

  private void assertWorks(Path config) throws IOException {
    assertEquals(ExitCode.OK, generate(config, "readings"), () -> printed);
    assertEquals(
        ExitCode.OK, execute(new InspectCommand(), config, "--topic=readings"), () -> printed);
    assertTrue(printed.contains("compression  lz4"), printed);
    assertTrue(printed.contains(" --kafkaConfig=" + config + " "), printed);
    String raw = "--raw=topic:raw";
    String reduced = "--reduced=files:" + folder.resolve("reduced");
    String rejected = "--rejected=files:" + folder.resolve("rejected");
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
    assertTrue(Pattern.compile("\\n[0-9]+ rejected \\(").matcher(printed).find(), printed);
    assertEquals(
        ExitCode.OK,
        execute(
            new VerifyCommand(), config, raw, reduced, rejected, "--topic=readings", "--complete"),
        () -> printed);
    assertTrue(printed.contains("everything balances"), printed);
    assertEquals(ExitCode.OK, execute(new ShowCommand(), config, raw), () -> printed);
    String picture = "--snapshot=" + folder.resolve("plot.svg");
    assertEquals(
        ExitCode.OK,
        execute(new ViewCommand(), config, raw, reduced, "--show=none", picture),
        () -> printed);
    for (String output : List.of("reduced", "rejected", "plot.svg")) {
      try (Stream<Path> files = Files.walk(folder.resolve(output))) {
        List<Path> written = files.filter(Files::isRegularFile).toList();
        assertFalse(written.isEmpty(), output);
        for (Path file : written) {
          assertFalse(Files.readString(file).contains(SECRET), file::toString);
        }
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
              .filter(line -> !line.contains(" KafkaUnboundedReader - "))
              .filter(line -> !line.contains("TimeoutException: Failed to get offsets by times"))
              .count();
      assertEquals(1, lines, printed);
      assertTrue(printed.contains(problem), printed);
    }
  }

  @Test
  void aLoginWithPlain() throws Exception {
    assertWorks(config(login, PLAIN.clientSettings("SASL_PLAINTEXT")));
  }

  @Test
  void noLogAtAnyLevelHasThePasswordOfALogin() throws Exception {
    assertNothingLogged(config(login, PLAIN.clientSettings("SASL_PLAINTEXT")));
  }

  @Test
  @Tag("long")
  void noLogAtAnyLevelHasASecretOfScramOrTls() throws Exception {
    assertNothingLogged(
        config(scram, SCRAM.clientSettings("SASL_SSL"), certificates.truststore("broker")));
  }

  /** Arguments are in the list of processes, too. */
  private void assertNothingLogged(Path config) throws Exception {
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
    assertTrue(said.contains("readings in") && said.contains("sasl.jaas.config"), "it is a trace");
  }

  @Test
  void aLoginWithScramOverTls() throws Exception {
    assertWorks(config(scram, SCRAM.clientSettings("SASL_SSL"), certificates.truststore("broker")));
  }

  @Test
  void aClientCertificateAndATruststoreInPem() throws Exception {
    assertWorks(
        config(
            tls,
            certificates.keystore("client"),
            tls(
                Map.of(
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.location",
                    certificates.pem("broker").toString()))));
  }

  @Test
  void aWrongPasswordIsOneLine() throws Exception {
    assertRefused(
        "the broker at " + login.bootstrapServers() + " refuses the login: Authentication failed",
        config(login, wrong(PLAIN, "SASL_PLAINTEXT")));
    assertRefused(
        "the broker at " + scram.bootstrapServers() + " refuses the login: Authentication failed",
        config(scram, wrong(SCRAM, "SASL_SSL"), certificates.truststore("broker")));
  }

  @Test
  void aMechanismThatTheBrokerDoesNotHaveIsNamed() throws Exception {
    assertRefused(
        "enabled mechanisms are [PLAIN]", config(login, SCRAM.clientSettings("SASL_PLAINTEXT")));
  }

  @Test
  void aCertificateThatIsNotTrustedIsOneLine() throws Exception {
    assertRefused(
        "the certificate of " + tls.bootstrapServers() + " is not trusted: ",
        config(tls, certificates.keystore("client"), tls(certificates.truststore("other"))));
    assertRefused(
        "the certificate of " + scram.bootstrapServers() + " is not trusted: ",
        config(scram, SCRAM.clientSettings("SASL_SSL")));
  }

  /** Often, because the broker's reason may be lost on its way. */
  @RepeatedTest(20)
  void aClientCertificateThatIsMissingOrNotTrustedIsOneLine() throws Exception {
    String problem = "the broker at " + tls.bootstrapServers() + " ends the TLS handshake: ";
    assertRefused(problem, config(tls, tls(certificates.truststore("broker"))));
    assertRefused(
        problem,
        config(tls, certificates.keystore("other"), tls(certificates.truststore("broker"))));
  }

  @Test
  void aProtocolThatIsNotTheListenersIsOneLine() throws Exception {
    assertRefused(
        "wants a login; correct security.protocol in ", config(login, Map.of("client.rack", "r")));
    assertRefused("speaks TLS; correct security.protocol in ", config(tls));
    assertRefused(
        "speaks TLS; correct security.protocol in ",
        config(scram, SCRAM.clientSettings("SASL_PLAINTEXT")));
    assertRefused(
        "does not speak TLS; correct security.protocol in ",
        config(login, tls(certificates.truststore("broker"))));
  }

  @Test
  void settingsThatNoClientCanBeMadeWithAreWrongOptions() throws Exception {
    assertFails(
        ExitCode.USAGE,
        " has no login that can be used",
        config(
            login,
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                Login.module("PLAIN") + " required password=x " + SECRET + ";")));
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
                    place.resolve("none.p12").toString(),
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
                    place.resolve("other-trust.p12").toString(),
                    "ssl.truststore.password",
                    SECRET + "x"))));
  }
}
