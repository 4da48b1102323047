package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.RunCommand;
import coarsen.pipeline.claim.OutputClaims;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Pace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who may write an output topic, but neither read it nor join the group of its writers. */
class AclIT {
  private static final String USER = "User:ANONYMOUS";
  private static final String OUTPUT = "reduced";
  private static final String LOCKED = "locked";
  private static final String GROUP = "coarsen.writers-of." + OUTPUT;

  private static EmbeddedBroker broker;
  private static KafkaClients kafka;

  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    broker =
        EmbeddedBroker.startWith(
            Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "true"));
    kafka = new KafkaClients(broker.bootstrapServers());
    var readings =
        new GeneratorSettings(
            new GeneratorSettings.Target(kafka, "readings", 1),
            new Pace(1_000, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 100), Faults.NONE, 1));
    try (var generator = new Generator(readings, line -> {})) {
      generator.run();
    }
    try (var topics = new Topics(kafka)) {
      assertEquals(1, topics.ensure(OUTPUT, 1, line -> {}));
      assertEquals(1, topics.ensure(LOCKED, 1, line -> {}));
    }
    permitToWriteOnly();
  }

  private static void permitToWriteOnly() throws Exception {
    var topic = new ResourcePattern(ResourceType.TOPIC, OUTPUT, PatternType.LITERAL);
    var locked = new ResourcePattern(ResourceType.TOPIC, LOCKED, PatternType.LITERAL);
    var group = new ResourcePattern(ResourceType.GROUP, GROUP, PatternType.LITERAL);
    try (Admin admin = kafka.admin(Map.of());
        var topics = new Topics(kafka)) {
      admin
          .createAcls(
              List.of(
                  acl(topic, AclOperation.WRITE, AclPermissionType.ALLOW),
                  acl(topic, AclOperation.DESCRIBE, AclPermissionType.ALLOW),
                  acl(topic, AclOperation.READ, AclPermissionType.DENY),
                  acl(locked, AclOperation.DESCRIBE, AclPermissionType.ALLOW),
                  acl(group, AclOperation.ALL, AclPermissionType.DENY)))
          .all()
          .get();
      // The broker learns them from the controller, in this order.
      while (topics.members(GROUP).isPresent()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static AclBinding acl(
      ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(resource, new AccessControlEntry(USER, "*", operation, permission));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void readLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void showLog() {
    System.setErr(stderr);
    System.err.print(logged());
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private List<String> warnings() {
    return logged().lines().filter(line -> line.contains("may not read topic:reduced")).toList();
  }

  private static int run(String... options) {
    return Commands.commandLine(new RunCommand())
        .execute(
            Stream.concat(
                    Stream.of(
                        "--bootstrapServers=" + broker.bootstrapServers(),
                        "--topic=readings",
                        "--from=earliest",
                        "--until=end",
                        "--reducedOutput=topic:" + OUTPUT),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  @Test
  void aCheckFindsAnOutputThatMayNotBeWritten() {
    assertEquals(ExitCode.OK, run("--check"), this::logged);
    assertEquals(ExitCode.UNAVAILABLE, run("--check", "--rawOutput=topic:" + LOCKED));
    assertTrue(
        logged()
            .contains("does not permit to write to topic 'locked', which needs the right WRITE"),
        this::logged);
  }

  @Test
  void anOutputThatMayNotBeReadIsWrittenWithAWarning() {
    assertEquals(ExitCode.OK, run(), this::logged);
    assertEquals(List.of(), warnings(), "an empty topic has no run numbers");
    assertEquals(ExitCode.OK, run(), this::logged);
    assertEquals(1, warnings().size(), this::logged);
    assertTrue(warnings().get(0).endsWith("; permit READ, or write to an empty topic"));
  }

  @Test
  void anOutputWhoseWritersGroupIsNotPermittedIsNotProtectedWithAWarning() {
    OutputClaims.take(Stream.of(new Location.Topic(OUTPUT)), kafka).close();
    assertTrue(
        logged().contains("topic:reduced is not protected from other runs that write to it: "),
        this::logged);
  }
}
