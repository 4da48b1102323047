package coarsen.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamedWithItsOption() throws IOException {
    String master = "spark://127.0.0.1:" + closedPort();
    var failure =
        assertThrows(CommandException.class, () -> Addresses.checkCluster("--sparkMaster", master));
    assertEquals(ExitCode.UNAVAILABLE, failure.exitCode());
    assertEquals(
        "no cluster answers at --sparkMaster=" + master + "; start one, or correct the option",
        failure.getMessage());
  }

  @Test
  void oneOfSeveralAddressesIsEnough() throws IOException {
    try (ServerSocket socket = listen()) {
      String two = "127.0.0.1:" + closedPort() + ",127.0.0.1:" + socket.getLocalPort();
      Addresses.checkCluster("--sparkMaster", "spark://" + two);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "[auto]", "yarn"})
  void aMasterThatIsNotAnAddressIsLeftToTheEngine(String master) {
    Addresses.checkCluster("--master", master);
  }
}
