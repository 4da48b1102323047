package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import coarsen.viewer.web.PageServer;
import coarsen.viewer.web.PageStyle;
import coarsen.viewer.window.PlotWindow;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for where a picture is shown, of all commands that draw. */
public final class ShowOptions {
  /** Where a picture is shown live. */
  public enum Show {
    /** A window. */
    WINDOW,
    /** A page for browsers. */
    WEB,
    /** Nowhere. */
    NONE
  }

  @Option(
      names = "--show",
      paramLabel = "window|web|none",
      description =
          "Draw live in a window or on a page, or not at all"
              + " (default: window, or web without a display).")
  private @Nullable Show show;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 0 picks a free one (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address of this machine that the page listens at (default: 127.0.0.1, which only"
              + " this machine can reach).")
  private @Nullable String host;

  @Option(
      names = "--allowHost",
      paramLabel = "NAME",
      description =
          "Answer to this host name as well, such as a proxy's; may be given more than once.")
  private Set<String> allowedHosts = new LinkedHashSet<>();

  /**
   * Where to show the picture.
   *
   * @throws CommandException if there is no display for the window that was asked for, or an option
   *     of the page is given without a page or is out of range
   */
  public Show show() {
    boolean possible = PlotWindow.isPossible();
    if (show == Show.WINDOW && !possible) {
      throw PlotWindow.noDisplay();
    }
    Show chosen = show != null ? show : possible ? Show.WINDOW : Show.WEB;
    String needsPage =
        port != null
            ? "--port"
            : host != null ? "--host" : allowedHosts.isEmpty() ? null : "--allowHost";
    if (chosen != Show.WEB && needsPage != null) {
      throw CommandException.usage(needsPage + " is for a page; write --show=web as well");
    }
    var unused = address();
    return chosen;
  }

  /**
   * Serves the page of a viewer, and prints its address.
   *
   * @throws CommandException if the port is out of range or taken, or the host is not this machine
   */
  public void servePage(Viewer viewer, PageStyle style) {
    PageServer page = viewer.showPage(address(), style);
    System.out.println("the page is at " + page.address());
    if (!page.isPrivate()) {
      System.err.println(
          "warning: with --host="
              + host
              + " anyone who can reach this machine can read the page; nothing is encrypted");
    }
  }

  private ServerAddress address() {
    return new ServerAddress(
        host == null ? ServerAddress.LOOPBACK : host,
        port == null ? ServerAddress.DEFAULT_PORT : port,
        allowedHosts);
  }
}
