package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Location;
import coarsen.command.StopOnSignal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws both outputs, live in a window or once in a file. */
@Command(
    name = "coarsen view",
    sortOptions = false,
    description = {
      "Draws the last readings (blue, solid) and the means of their windows (red, dashed, at each"
          + " window's end), and goes on as both outputs grow. Times are event times in UTC.",
      "",
    },
    footer = {
      "",
      "Folders and topics that are not there yet are waited for, unless --show=none is given. Of a"
          + " topic's partitions, the last 10,000 messages (or 4 for each point, if that is more) are"
          + " read first; of folders, all files *.jsonl.",
      "",
      "Exit codes: 0 done; 1 failed while it ran; 2 wrong options; 3 broker, topic or folder is not"
          + " there.",
    })
public final class ViewCommand implements Callable<Integer> {
  enum Show {
    WINDOW,
    NONE
  }

  @Option(
      names = "--raw",
      required = true,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the raw rows are.")
  private Location raw;

  @Option(
      names = "--reduced",
      required = true,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the reduced rows are.")
  private Location reduced;

  @Option(
      names = "--bootstrapServers",
      paramLabel = "HOST:PORT",
      description = "The Kafka broker; needed for topics.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--points",
      defaultValue = "90",
      paramLabel = "N",
      description = "How many readings to show (default: ${DEFAULT-VALUE}).")
  private int points;

  @Option(
      names = "--show",
      defaultValue = "window",
      paramLabel = "window|none",
      description =
          "A window that is drawn live; or none: read what is there now, write --snapshot and end"
              + " (default: ${DEFAULT-VALUE}).")
  private Show show = Show.WINDOW;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE.png",
      description = "Write the picture to this file; with a window, when it is closed.")
  private @Nullable Path snapshot;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new ViewCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    check();
    if (show == Show.WINDOW) {
      showWindow();
    } else if (snapshot != null) {
      Viewer.writePng(pictureNow(), snapshot);
    }
    return ExitCode.OK;
  }

  private void check() {
    Sources.check("--raw", raw, bootstrapServers);
    Sources.check("--reduced", reduced, bootstrapServers);
    Viewer.checkPoints(points);
    if (snapshot != null) {
      Viewer.checkSnapshot(snapshot);
    } else if (show == Show.NONE) {
      throw CommandException.usage("--show=none needs --snapshot=FILE.png, or it shows nothing");
    }
    if (show == Show.WINDOW && !PlotWindow.isPossible()) {
      throw PlotWindow.noDisplay();
    }
  }

  private Picture pictureNow() {
    var model = new ViewModel(points);
    long last = Viewer.backlog(points);
    Sources.readNow(raw, bootstrapServers, last, model::raw);
    Sources.readNow(reduced, bootstrapServers, last, model::reduced);
    Picture picture = model.picture();
    if (picture.badLines() > 0) {
      System.err.println(picture.badLines() + " lines were no rows and are not in the picture");
    }
    return picture;
  }

  private void showWindow() throws Exception {
    try (Viewer viewer = Viewer.open(raw, reduced, bootstrapServers, points)) {
      StopOnSignal.call(
          viewer::close,
          () -> {
            viewer.showWindow();
            viewer.awaitWindowClosed();
            if (snapshot != null) {
              viewer.writeSnapshot(snapshot);
            }
            return ExitCode.OK;
          });
    }
  }
}
