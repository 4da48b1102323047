package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import coarsen.viewer.web.PageServer;
import coarsen.viewer.web.PageStyle;
import coarsen.viewer.window.PlotWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where every command that draws draws. */
public final class ShowOptions {
  /** A face of the viewer. */
  public enum Show {
    /** A window. */
    WINDOW,
    /** A page for browsers. */
    WEB,
    /** None that is live. */
    NONE
  }

  @Option(
      names = "--show",
      paramLabel = "window|web|none",
      description =
          "A window or a page that is drawn live, or none"
              + " (default: window, or web without a display).")
  private @Nullable Show show;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 0 for one that is free (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address of this machine where the page listens (default: 127.0.0.1, which only"
              + " this machine reaches).")
  private @Nullable String host;

  /**
   * Where to draw.
   *
   * @throws CommandException if there is no display for a window that was asked for, or an option
   *     of the page comes without one or is out of range
   */
  public Show show() {
    boolean possible = PlotWindow.isPossible();
    if (show == Show.WINDOW && !possible) {
      throw PlotWindow.noDisplay();
    }
    Show chosen = show != null ? show : possible ? Show.WINDOW : Show.WEB;
    if (chosen != Show.WEB && (port != null || host != null)) {
      throw CommandException.usage(
          (port != null ? "--port" : "--host") + " is for a page; write --show=web as well");
    }
    var unused = address();
    return chosen;
  }

  /**
   * Serves a page of what a viewer follows, and prints where it is.
   *
   * @throws CommandException if the port is out of range or taken, or the host is not this machine
   */
  public void servePage(Viewer viewer, PageStyle look) {
    PageServer page = viewer.showPage(address(), look);
    System.out.println("the page is at " + page.address());
    if (!page.isPrivate()) {
      System.err.println(
          "warning: with --host="
              + host
              + " everybody who reaches this machine can read the page; nothing is encrypted");
    }
  }

  private ServerAddress address() {
    return new ServerAddress(
        host == null ? ServerAddress.LOOPBACK : host,
        port == null ? ServerAddress.DEFAULT_PORT : port);
  }
}
