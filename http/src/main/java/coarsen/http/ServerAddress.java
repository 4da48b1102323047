package coarsen.http;

import coarsen.command.CommandException;

/**
 * Where a page is served.
 *
 * @param host a name or address of this machine
 * @param port 1 to 65535, or 0 for one that is free
 */
public record ServerAddress(String host, int port) {
  /** Where nobody else can reach it. */
  public static final String THIS_MACHINE = "127.0.0.1";

  /** The usual port. */
  public static final int USUAL_PORT = 8080;

  private static final int GREATEST_PORT = 65_535;

  /**
   * Checks the port.
   *
   * @throws CommandException if it is out of range
   */
  public ServerAddress {
    if (port < 0 || port > GREATEST_PORT) {
      throw CommandException.usage("--port=" + port + " is no port; 0 to 65535 are");
    }
  }
}
