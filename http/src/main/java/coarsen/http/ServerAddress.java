package coarsen.http;

import coarsen.command.CommandException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a server listens, and by which names it is known.
 *
 * @param host a name or address of this machine
 * @param port 1 to 65535, or 0 to choose a free one
 * @param allowedHosts other host names that clients use for it, such as a proxy's; in lower case
 */
public record ServerAddress(String host, int port, Set<String> allowedHosts) {
  /** The host that only this machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The port unless the user chooses another. */
  public static final int DEFAULT_PORT = 8080;

  private static final int MAX_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

  /** A server that clients know by its own names only. */
  public ServerAddress(String host, int port) {
    this(host, port, Set.of());
  }

  /**
   * Checks the port and the names.
   *
   * @throws CommandException if the port is out of range, or a name is something else
   */
  public ServerAddress {
    if (port < 0 || port > MAX_PORT) {
      throw CommandException.usage("--port=" + port + " is not a port; write 0 to 65535");
    }
    for (String name : allowedHosts) {
      if (!NAME.matcher(name).matches()) {
        throw CommandException.usage(
            "--allowHost="
                + name
                + " is not a host name; write it without scheme, port and path, such as"
                + " plots.example.com");
      }
    }
    allowedHosts =
        allowedHosts.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }
}
