package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.viewer.web.PageAddress;
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
   *     of the page comes without one
   */
  public Show show() {
    boolean possible = PlotWindow.isPossible();
    if (show == Show.WINDOW && !possible) {
      throw CommandException.usage(
          "there is no display for a window; --show=web shows a page, and --show=none"
              + " --snapshot=FILE.png writes a picture");
    }
    Show chosen = show != null ? show : possible ? Show.WINDOW : Show.WEB;
    if (chosen != Show.WEB && (port != null || host != null)) {
      throw CommandException.usage(
          (port != null ? "--port" : "--host") + " is for a page; write --show=web as well");
    }
    return chosen;
  }

  /**
   * Where to serve the page.
   *
   * @throws CommandException if the port is out of range
   */
  public PageAddress address() {
    return new PageAddress(
        host == null ? PageAddress.THIS_MACHINE : host,
        port == null ? PageAddress.USUAL_PORT : port);
  }
}
