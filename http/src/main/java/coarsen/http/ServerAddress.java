package coarsen.http;

import coarsen.command.CommandException;

/**
 * Where a server listens.
 *
 * @param host a name or address of this machine
 * @param port 1 to 65535, or 0 to choose a free one
 */
public record ServerAddress(String host, int port) {
  /** The host that only this machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The port unless the user chooses another. */
  public static final int DEFAULT_PORT = 8080;

  private static final int MAX_PORT = 65_535;

  /**
   * Checks the port.
   *
   * @throws CommandException if it is out of range
   */
  public ServerAddress {
    if (port < 0 || port > MAX_PORT) {
      throw CommandException.usage("--port=" + port + " is not a port; write 0 to 65535");
    }
  }
}
