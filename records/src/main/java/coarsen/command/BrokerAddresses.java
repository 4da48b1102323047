package coarsen.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of Kafka brokers, as {@code --bootstrapServers} has them. */
public final class BrokerAddresses {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int GREATEST_PORT = 65_535;

  private BrokerAddresses() {}

  /**
   * Checks that something listens at one of the addresses. Kafka's clients would try for a minute,
   * with a warning each time.
   *
   * @param bootstrapServers {@code HOST:PORT}, several with commas between them
   * @throws CommandException if an address has another form, or nothing listens
   */
  public static void check(String bootstrapServers) {
    IOException failure = null;
    for (InetSocketAddress address : parse(bootstrapServers)) {
      try (var socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw noAnswer(bootstrapServers, failure);
  }

  /** What to tell where no broker answers. */
  public static CommandException noAnswer(String bootstrapServers, @Nullable Throwable cause) {
    return CommandException.unavailable(
        "no Kafka broker answers at "
            + bootstrapServers
            + "; start one with ./coarsen broker, or correct --bootstrapServers",
        cause);
  }

  private static List<InetSocketAddress> parse(String bootstrapServers) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String address : bootstrapServers.split(",", -1)) {
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1).strip();
      if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > GREATEST_PORT) {
        throw CommandException.usage(
            "--bootstrapServers="
                + bootstrapServers
                + " names no address; write HOST:PORT, such as localhost:9092");
      }
      String host = address.substring(0, colon).strip().replaceAll("^\\[(.*)]$", "$1");
      addresses.add(new InetSocketAddress(host, Integer.parseInt(port)));
    }
    return addresses;
  }
}
