package coarsen.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of what must be there before a command can do anything. */
public final class Addresses {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int GREATEST_PORT = 65_535;

  private Addresses() {}

  /**
   * Checks that something listens at one of the brokers' addresses. Kafka's clients would try for a
   * minute, with a warning each time.
   *
   * @param bootstrapServers {@code HOST:PORT}, several with commas between them
   * @throws CommandException if an address has another form, or nothing listens
   */
  public static void checkBrokers(String bootstrapServers) {
    List<InetSocketAddress> addresses = parse(bootstrapServers);
    if (addresses.isEmpty()) {
      throw CommandException.usage(
          "--bootstrapServers="
              + bootstrapServers
              + " names no address; write HOST:PORT, such as localhost:9092");
    }
    IOException failure = connect(addresses);
    if (failure != null) {
      throw noBroker(bootstrapServers, failure);
    }
  }

  /** What to tell where no broker answers. */
  public static CommandException noBroker(String bootstrapServers, @Nullable Throwable cause) {
    return CommandException.unavailable(
        "no Kafka broker answers at "
            + bootstrapServers
            + "; start one with ./coarsen broker, or correct --bootstrapServers",
        cause);
  }

  /**
   * Checks that something listens where an engine's cluster is said to be. Engines would try for a
   * minute, and then not say where.
   *
   * @param option the option that says it
   * @param master its value, {@code HOST:PORT} after an optional {@code SCHEME://}, several with
   *     commas between them; nothing is checked of one that names no address
   * @throws CommandException if nothing listens
   */
  public static void checkCluster(String option, String master) {
    List<InetSocketAddress> addresses = parse(master.replaceFirst("^[a-z]+://", ""));
    IOException failure = addresses.isEmpty() ? null : connect(addresses);
    if (failure != null) {
      throw CommandException.unavailable(
          "no cluster answers at %s=%s; start one, or correct the option".formatted(option, master),
          failure);
    }
  }

  /** Null if one of them answered. */
  private static @Nullable IOException connect(List<InetSocketAddress> addresses) {
    IOException failure = null;
    for (InetSocketAddress address : addresses) {
      try (var socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return null;
      } catch (IOException e) {
        failure = e;
      }
    }
    return failure;
  }

  /** Empty if one of them is none. */
  private static List<InetSocketAddress> parse(String text) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String address : text.split(",", -1)) {
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1).strip();
      if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > GREATEST_PORT) {
        return List.of();
      }
      String host = address.substring(0, colon).strip().replaceAll("^\\[(.*)]$", "$1");
      addresses.add(new InetSocketAddress(host, Integer.parseInt(port)));
    }
    return addresses;
  }
}
