package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.web.PageServer;
import coarsen.viewer.web.PageStyle;
import coarsen.viewer.window.PlotWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a raw and a reduced output, and shows their newest rows: in a window, as a page, as a
 * file, or as a {@link Picture}. It reads on its own threads from {@link #open} to {@link #close},
 * and waits for folders and topics that do not exist, or not any more. Of each partition of a topic
 * that exists, a backlog is read first; of folders, everything. Safe for use by several threads.
 */
public final class Viewer implements AutoCloseable {
  private final ViewModel model;
  private final VisibleSpan span;
  private final Selection selection;
  private final OutputReaders readers;
  private final ViewerState state;
  private Runnable closeWindow = () -> {};
  private volatile boolean windowOpen;
  private @Nullable PageServer page;
  private @Nullable SnapshotWriter snapshots;

  private Viewer(
      ViewModel model,
      VisibleSpan span,
      Selection selection,
      ViewerState state,
      OutputReaders readers) {
    this.model = model;
    this.span = span;
    this.selection = selection;
    this.state = state;
    this.readers = readers;
  }

  /**
   * Starts to read.
   *
   * @param span how much to show; the backlog of each partition of a topic is 10,000 messages, or 4
   *     for each reading to show if that is more, or 300,000 for a span of time
   * @throws CommandException if a topic comes without a broker's address, the broker does not
   *     answer within 10 seconds, or a folder is not on this machine
   */
  public static Viewer open(FollowedOutputs outputs, VisibleSpan span) {
    return open(outputs, span, Selection.DEFAULT);
  }

  /**
   * Starts to read, as {@link #open(FollowedOutputs, VisibleSpan)} does.
   *
   * @param selection which series to show at first
   */
  public static Viewer open(FollowedOutputs outputs, VisibleSpan span, Selection selection) {
    outputs.check();
    ViewModel model = outputs.model(selection);
    var state = new ViewerState();
    OutputReaders readers = OutputReaders.open(outputs, span, model, state);
    return new Viewer(model, span, selection, state, readers);
  }

  /** The model that all faces of this viewer show. */
  public ViewModel model() {
    return model;
  }

  /** What there is to show now. */
  public Picture picture() {
    return model.picture(span, selection);
  }

  /**
   * Waits for a picture.
   *
   * @param wanted called with one picture after another, on this thread
   * @param patience how long to wait
   * @return the first picture that is wanted
   * @throws CommandException if there was none in time, or an output can't be read any more
   */
  public Picture readUntil(Predicate<Picture> wanted, Duration patience)
      throws InterruptedException {
    return state
        .await(() -> Optional.of(picture()).filter(wanted), patience)
        .orElseThrow(() -> noSuchPicture(picture(), patience));
  }

  private static CommandException noSuchPicture(Picture last, Duration patience) {
    return CommandException.failed(
        "no such picture within "
            + patience.toMillis()
            + " ms; the last had "
            + last.originals()
            + " readings and "
            + last.means()
            + " windows",
        null);
  }

  /** Whether there is a display for a window. */
  public static boolean canShowWindow() {
    return PlotWindow.isPossible();
  }

  /**
   * Opens a window that is redrawn up to 8 times a second, while there is something new.
   *
   * @throws CommandException if there is no display
   */
  public void showWindow(PlotStyle style) {
    if (!PlotWindow.isPossible()) {
      throw PlotWindow.noDisplay();
    }
    windowOpen = true;
    Runnable close =
        PlotWindow.show(model, span, selection, style, Path.of(""), this::windowClosed);
    synchronized (this) {
      closeWindow = close;
    }
  }

  private void windowClosed() {
    windowOpen = false;
    state.changed();
  }

  /**
   * Waits until the user has closed the window, or {@link #close} was called.
   *
   * @throws CommandException if an output can't be read any more
   */
  public void awaitWindowClosed() throws InterruptedException {
    state.await(() -> !windowOpen);
  }

  /**
   * Serves a page until {@link #close}.
   *
   * @return the page, which this viewer closes
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public PageServer showPage(ServerAddress at, PageStyle style) {
    PageServer opened = PageServer.start(at, model, span, selection, style, state::check);
    synchronized (this) {
      page = opened;
    }
    return opened;
  }

  /**
   * Draws the present picture, 1000 by 600 pixels, as PNG or SVG; needs no display.
   *
   * @throws CommandException if the file can't be written
   */
  public void writeSnapshot(PlotStyle style, Path file) {
    PictureFile.write(picture(), style, file);
  }

  /**
   * Draws pictures like {@link #writeSnapshot}, one now and more until {@link #close}. If the file
   * can't be written, the methods that wait for this viewer fail.
   *
   * @param every how long apart
   */
  public void writeSnapshots(PlotStyle style, Path file, Duration every) {
    synchronized (this) {
      snapshots = new SnapshotWriter(every, () -> writeSnapshot(style, file), state::fail);
    }
  }

  /**
   * Waits until {@link #close} was called.
   *
   * @throws CommandException if an output can't be read any more
   */
  public void awaitClosed() throws InterruptedException {
    state.await(() -> false);
  }

  /** Stops reading, and closes window and page. */
  @Override
  public void close() {
    state.close();
    Runnable window;
    PageServer served;
    synchronized (this) {
      served = page;
      page = null;
      window = closeWindow;
      closeWindow = () -> {};
      if (snapshots != null) {
        snapshots.close();
      }
    }
    window.run();
    if (served != null) {
      served.close();
    }
    readers.close();
  }
}
