package coarsen.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLServerSocketFactory;
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

  private static String problem(int port) {
    var failure =
        assertTimeout(
            Duration.ofSeconds(10),
            () ->
                assertThrows(
                    CommandException.class,
                    () -> new KafkaClients("127.0.0.1:" + port).checkAvailable()));
    assertEquals(ExitCode.UNAVAILABLE, failure.exitCode());
    String line = String.valueOf(failure.getMessage());
    assertEquals(1, line.lines().count());
    return line.replace("127.0.0.1:" + port, "IT");
  }

  @Test
  void aTlsPortIsNamed() throws IOException {
    try (ServerSocket tls =
        SSLServerSocketFactory.getDefault()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      answer(tls, client -> client.getInputStream().read());
      assertEquals(
          "IT speaks TLS; give its settings with --kafkaConfig=FILE, or name a PLAINTEXT listener"
              + " with --bootstrapServers=HOST:PORT",
          problem(tls.getLocalPort()));
    }
  }

  @Test
  void anHttpServerIsNamed() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    try {
      assertEquals(
          "an HTTP server listens at IT, not a Kafka broker; name a broker with"
              + " --bootstrapServers=HOST:PORT",
          problem(http.getAddress().getPort()));
    } finally {
      http.stop(0);
    }
  }

  @Test
  void aServerThatAnswersHttpToAnythingIsNamed() throws IOException {
    try (ServerSocket server = listen()) {
      answer(server, client -> write(client, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      assertEquals(
          "an HTTP server listens at IT, not a Kafka broker; name a broker with"
              + " --bootstrapServers=HOST:PORT",
          problem(server.getLocalPort()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", "\0\0\0\u0004\0\0\0\0"})
  void aServerThatSpeaksAnythingElseIsNoBroker(String answer) throws IOException {
    try (ServerSocket server = listen()) {
      answer(server, client -> write(client, answer));
      assertEquals(
          "what listens at IT answers, but not as a Kafka broker does; name a broker with"
              + " --bootstrapServers=HOST:PORT",
          problem(server.getLocalPort()));
    }
  }

  @Test
  void aServerThatClosesIsNoBrokerThatCanBeUsed() throws IOException {
    try (ServerSocket server = listen()) {
      answer(server, client -> {});
      String problem = problem(server.getLocalPort());
      assertTrue(
          problem.startsWith("what listens at IT closes the connection when asked for its brokers"),
          problem);
    }
  }

  @Test
  void aServerThatIsSilentIsReportedInTime() throws IOException {
    try (ServerSocket server = listen()) {
      String problem = problem(server.getLocalPort());
      assertTrue(problem.startsWith("what listens at IT is not a Kafka broker, or hangs"), problem);
    }
  }

  private interface Answer {
    void to(Socket client) throws IOException;
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
    client.getInputStream().read(); // A close with unread bytes would discard the answer.
    client.getInputStream().readNBytes(10);
  }

  /** Answers all clients, one after the other, until the server is closed. */
  private static void answer(ServerSocket server, Answer answer) {
    var thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  answer.to(client);
                } catch (IOException e) {
                  // The client has gone, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
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
