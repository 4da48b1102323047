package coarsen.viewer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.command.CommandException;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.PictureCsv;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Plots;
import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Saves pictures into a folder, in files that are named by the time and never overwrite another. It
 * works on a thread of its own, for drawing and compressing would block the window.
 */
final class Saver {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'coarsen-'yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path folder;
  private final InstantSource clock;
  private final PlotStyle style;

  // Not a daemon, so that a file is completed although the window was closed.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "viewer-saving"));

  Saver(Path folder, InstantSource clock, PlotStyle style) {
    this.folder = folder;
    this.clock = clock;
    this.style = style;
  }

  /**
   * Saves a picture as it is shown; returns at once.
   *
   * @param suffix {@code .png}, {@code .svg} or {@code .csv}
   * @param hidden the legend's labels of lines that are not saved
   * @param grid whether each series has a plot of its own
   * @param size of the drawing, in pixels
   * @param report gets the result in words, on the saving thread
   */
  void save(
      String suffix,
      Picture picture,
      Set<String> hidden,
      boolean grid,
      Dimension size,
      Consumer<String> report) {
    thread.execute(
        () -> {
          Path file = unusedFile(suffix);
          try {
            write(picture, hidden, grid, size, file);
            report.accept("saved " + file);
          } catch (CommandException e) {
            report.accept(String.valueOf(e.getMessage()));
          }
        });
  }

  /** Accepts no more pictures, and completes those it has. */
  void close() {
    thread.shutdown();
  }

  private void write(Picture picture, Set<String> hidden, boolean grid, Dimension size, Path file) {
    var plots = new Plots(style.withGrid(grid));
    plots.show(picture, hidden);
    if (file.toString().endsWith(".csv")) {
      PictureFile.replace(file, PictureCsv.of(plots.shown()).getBytes(UTF_8));
    } else {
      PictureFile.write(plots, size.width, size.height, file);
    }
  }

  private Path unusedFile(String suffix) {
    String name = NAME.withZone(style.zone()).format(clock.instant());
    Path file = folder.resolve(name + suffix);
    for (int i = 2; Files.exists(file); i++) {
      file = folder.resolve(name + "-" + i + suffix);
    }
    return file;
  }
}
