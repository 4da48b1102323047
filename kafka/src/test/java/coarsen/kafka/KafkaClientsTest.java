package coarsen.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientsTest {
  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:", ":9092", "localhost:99999", "a:1,b"})
  void textThatIsNotAnAddressIsAWrongOption(String servers) {
    var failure =
        assertThrows(CommandException.class, () -> new KafkaClients(servers).checkAvailable());
    assertEquals(ExitCode.USAGE, failure.exitCode());
  }

  @Test
  void oneOfSeveralBrokersIsEnough() throws IOException {
    try (ServerSocket socket = listen()) {
      new KafkaClients("127.0.0.1:" + closedPort() + ",127.0.0.1:" + socket.getLocalPort())
          .checkAvailable();
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedBeforeAnyClientIsMade() throws IOException {
    var clients = new KafkaClients("127.0.0.1:" + closedPort());
    var failure =
        assertThrows(
            CommandException.class,
            () -> clients.connect(Map.of(), consumer -> "no consumer is made"));
    assertEquals(ExitCode.UNAVAILABLE, failure.exitCode());
    assertEquals(
        "no Kafka broker answers at "
            + clients.bootstrapServers()
            + "; start one with ./coarsen broker, or correct --bootstrapServers",
        failure.getMessage());
  }
}
