package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Logging;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaClients;
import coarsen.viewer.ShowOptions.Show;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws both outputs, live in a window or on a page, or once to a file. */
@Command(
    name = "coarsen view",
    sortOptions = false,
    description = {
      "Draws the last readings (blue, solid) and the means of their windows (red, dashed, at each"
          + " window's end), and follows both outputs as they grow. Without --points and --span it shows"
          + " the last 90 readings. In the window, ? lists the keys.",
      "",
    },
    footer = {
      "",
      "It waits for folders and topics that do not exist yet, unless --show=none is given. Of each"
          + " partition of a topic it first reads a backlog of 10,000 messages (4 for each point if"
          + " that is more, 300,000 with --span); of folders, all files *.jsonl.",
      "",
      "Exit codes: 0 done; 1 failed while it ran; 2 wrong options; 3 broker, topic or folder is not"
          + " there.",
    })
public final class ViewCommand implements Callable<Integer> {
  private static final VisibleSpan LAST_READINGS = new VisibleSpan.LastReadings(90);

  @Mixin private final OutputOptions where = new OutputOptions();

  @Mixin private final SeriesOptions series = new SeriesOptions();

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
    VisibleSpan span = options.extent(LAST_READINGS);
    Selection selection = series.selection();
    PlotStyle style = options.look();
    snapshot.check();
    Path file = snapshot.file();
    Duration every = snapshot.every();
    Show show = showing.show();
    if (show == Show.NONE && file == null) {
      throw CommandException.usage("--show=none needs --snapshot=FILE.png, or it shows nothing");
    }
    if (show == Show.NONE && file != null && every == null) {
      PictureFile.write(outputs.pictureNow(span, selection), style, file);
      return ExitCode.OK;
    }
    try (Viewer viewer = Viewer.open(outputs, span, selection)) {
      return StopOnSignal.call(viewer::close, () -> follow(viewer, show, style));
    }
  }

  private int follow(Viewer viewer, Show show, PlotStyle style) throws InterruptedException {
    Path file = snapshot.file();
    if (file != null && snapshot.every() != null) {
      viewer.writeSnapshots(style, file, snapshot.every());
    }
    if (show == Show.WINDOW) {
      viewer.showWindow(style);
      viewer.awaitWindowClosed();
    } else {
      if (show == Show.WEB) {
        showing.servePage(viewer, options.pageLook());
      }
      viewer.awaitClosed();
    }
    if (file != null) {
      viewer.writeSnapshot(style, file);
    }
    return ExitCode.OK;
  }
}
