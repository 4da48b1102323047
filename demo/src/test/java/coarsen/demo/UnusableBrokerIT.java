package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import coarsen.viewer.ViewCommand;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each command says in one line within ten seconds what is wrong with --bootstrapServers. */
class UnusableBrokerIT {
  @TempDir Path folder;

  @Test
  void anHttpServerIsNamed() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    try {
      String servers = "127.0.0.1:" + http.getAddress().getPort();
      assertEachCommandSays("an HTTP server listens at " + servers, servers);
    } finally {
      http.stop(0);
    }
  }

  @Test
  void anAdvertisedAddressThatNobodyReachesIsNamed() throws IOException {
    String advertised = "127.0.0.1:" + closedPort();
    try (var broker = EmbeddedBroker.startAdvertising(advertised)) {
      assertEachCommandSays(
          "the broker at "
              + broker.bootstrapServers()
              + " answers, but clients can't reach what it advertises: "
              + advertised
              + " (Connection refused); correct its advertised.listeners",
          broker.bootstrapServers());
    }
  }

  @Test
  void anAdvertisedHostThatNobodyKnowsIsNamed() {
    try (var broker = EmbeddedBroker.startAdvertising("kafka.invalid:9092")) {
      assertEachCommandSays("kafka.invalid:9092 (unknown host)", broker.bootstrapServers());
    }
  }

  @Test
  void oneOfSeveralBrokersIsEnough() throws IOException {
    try (var broker = EmbeddedBroker.startTemporary(0)) {
      new KafkaClients("127.0.0.1:" + closedPort() + "," + broker.bootstrapServers())
          .checkAvailable();
      int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
      new KafkaClients("localhost:" + port).checkAvailable();
    }
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void assertEachCommandSays(String problem, String servers) {
    assertAll(
        Stream.of(
            test(problem, servers, new RunCommand(), "--topic=t", "--reducedOutput=topic:u"),
            test(problem, servers, new GenerateCommand(), "--topic=t", "--count=1"),
            test(problem, servers, new ShowCommand(), "--reduced=topic:t"),
            test(
                problem,
                servers,
                new VerifyCommand(),
                "--raw=topic:raw",
                "--reduced=topic:reduced"),
            test(
                problem,
                servers,
                new ViewCommand(),
                "--raw=topic:raw",
                "--reduced=topic:reduced",
                "--show=none",
                "--snapshot=" + folder.resolve("a.png"))));
  }

  private static Executable test(
      String problem, String servers, Callable<Integer> command, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("--bootstrapServers=" + servers), Stream.of(options))
            .toArray(String[]::new);
    return () -> {
      var err = new StringWriter();
      int exitCode =
          assertTimeout(
              Duration.ofSeconds(10),
              () -> Commands.commandLine(command).setErr(new PrintWriter(err)).execute(arguments));
      assertEquals(ExitCode.UNAVAILABLE, exitCode, err.toString());
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertTrue(err.toString().contains(problem), err.toString());
    };
  }
}
