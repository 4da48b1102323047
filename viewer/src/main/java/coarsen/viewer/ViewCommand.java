package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Logging;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaClients;
import coarsen.viewer.ShowOptions.Show;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws both outputs, live in a window or once in a file. */
@Command(
    name = "coarsen view",
    sortOptions = false,
    description = {
      "Draws the last readings (blue, solid) and the means of their windows (red, dashed, at each"
          + " window's end), and goes on as both outputs grow. Without --points and --span it shows"
          + " the last 90 readings. In the window, ? lists the keys.",
      "",
    },
    footer = {
      "",
      "Folders and topics that are not there yet are waited for, unless --show=none is given. Of a"
          + " topic's partitions, the last 10,000 messages (or 4 for each point, if that is more; or"
          + " 300,000 for a span) are read first; of folders, all files *.jsonl.",
      "",
      "Exit codes: 0 done; 1 failed while it ran; 2 wrong options; 3 broker, topic or folder is not"
          + " there.",
    })
public final class ViewCommand implements Callable<Integer> {
  private static final VisibleSpan LAST_READINGS = new VisibleSpan.LastReadings(90);

  @Mixin private final OutputOptions where = new OutputOptions();

  @Mixin private final ViewOptions options = new ViewOptions();

  @Mixin private final ShowOptions showing = new ShowOptions();

  @Mixin private final SnapshotOptions snapshot = new SnapshotOptions();

  /** Runs the command. */
  public static void main(String[] arguments) {
    Logging.quiet(KafkaClients.CONNECTION_LOGGER);
    System.exit(Commands.run(new ViewCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    FollowedOutputs outputs = where.outputs();
    VisibleSpan extent = options.extent(LAST_READINGS);
    PlotStyle look = options.look();
    snapshot.check();
    Path file = snapshot.file();
    Duration every = snapshot.every();
    Show show = showing.show();
    if (show == Show.NONE && file == null) {
      throw CommandException.usage("--show=none needs --snapshot=FILE.png, or it shows nothing");
    }
    if (show == Show.NONE && file != null && every == null) {
      PictureFile.write(outputs.pictureNow(extent), look, file);
      return ExitCode.OK;
    }
    try (Viewer viewer = Viewer.open(outputs, extent)) {
      return StopOnSignal.call(viewer::close, () -> follow(viewer, show, look));
    }
  }

  private int follow(Viewer viewer, Show show, PlotStyle look) throws InterruptedException {
    Path file = snapshot.file();
    if (file != null && snapshot.every() != null) {
      viewer.writeSnapshots(look, file, snapshot.every());
    }
    if (show == Show.WINDOW) {
      viewer.showWindow(look);
      viewer.awaitWindowClosed();
    } else {
      if (show == Show.WEB) {
        showing.servePage(viewer, options.pageLook());
      }
      viewer.awaitClosed();
    }
    if (file != null) {
      viewer.writeSnapshot(look, file);
    }
    return ExitCode.OK;
  }
}
