package coarsen.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Addresses {@code HOST:PORT} of services that a command needs before it can do anything. */
public final class Addresses {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  /**
   * Checks that something listens at the address of an engine's cluster. Engines would retry for a
   * minute, and then not report the address.
   *
   * @param option the name of the option
   * @param master its value, {@code HOST:PORT} after an optional {@code SCHEME://}, several
   *     separated by commas; values of other forms are not checked
   * @throws CommandException if nothing listens
   */
  public static void checkCluster(String option, String master) {
    List<InetSocketAddress> addresses = parse(master.replaceFirst("^[a-z]+://", ""));
    if (addresses.isEmpty()) {
      return;
    }
    connect(addresses)
        .ifPresent(
            failure -> {
              throw CommandException.unavailable(
                  "no cluster answers at %s=%s; start one, or correct the option"
                      .formatted(option, master),
                  failure);
            });
  }

  /** Empty if something listens at one of the addresses; otherwise the last one's failure. */
  public static Optional<IOException> connect(List<InetSocketAddress> addresses) {
    IOException failure = null;
    for (InetSocketAddress address : addresses) {
      try (var socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return Optional.empty();
      } catch (IOException e) {
        failure = e;
      }
    }
    return Optional.ofNullable(failure);
  }

  /** Parses {@code HOST:PORT,HOST:PORT}; empty if an address has another form. */
  public static List<InetSocketAddress> parse(String text) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String address : text.split(",", -1)) {
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1).strip();
      if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
        return List.of();
      }
      String host = address.substring(0, colon).strip().replaceAll("^\\[(.*)]$", "$1");
      addresses.add(new InetSocketAddress(host, Integer.parseInt(port)));
    }
    return addresses;
  }
}
