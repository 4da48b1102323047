package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.http.ServerAddress;
import coarsen.outputs.Follower;
import coarsen.outputs.Location;
import coarsen.outputs.Tail;
import coarsen.outputs.Tails;
import coarsen.viewer.model.FollowedOutput;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.web.PageServer;
import coarsen.viewer.web.PageStyle;
import coarsen.viewer.window.PlotWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a raw and a reduced output, and shows what came last: in a window, as a file, or as a
 * {@link Picture}. It reads on threads of its own from {@link #open} to {@link #close}; folders and
 * topics that are not there yet, or not any more, are waited for. Of each partition of a topic that
 * exists, the last messages are read first; of folders, everything. Safe to be used by several
 * threads.
 */
public final class Viewer implements AutoCloseable {
  private final ViewModel model;
  private final VisibleSpan extent;
  private final List<Follower> followers = new ArrayList<>();
  private @Nullable RuntimeException failure;
  private boolean closed;
  private Runnable closeWindow = () -> {};
  private boolean windowOpen;
  private @Nullable PageServer page;
  private @Nullable ScheduledExecutorService snapshots;

  private Viewer(ViewModel model, VisibleSpan extent) {
    this.model = model;
    this.extent = extent;
  }

  /**
   * Begins to read.
   *
   * @param extent how much to show; of each partition of a topic, the last 10,000 messages are read
   *     first, or 4 for each point if that is more, or 300,000 for a span
   * @throws CommandException if a topic comes without a broker's address, the broker does not
   *     answer within 10 seconds, or a folder is not on this machine
   */
  public static Viewer open(FollowedOutputs outputs, VisibleSpan extent) {
    outputs.check();
    ViewModel model = outputs.model();
    var viewer = new Viewer(model, extent);
    try {
      viewer.follow(outputs, "raw", outputs.raw(), model.raw());
      viewer.follow(outputs, "reduced", outputs.reduced(), model.reduced());
      if (outputs.rejected() != null && model.rejected() != null) {
        viewer.follow(outputs, "rejected", outputs.rejected(), model.rejected());
      }
    } catch (RuntimeException e) {
      viewer.close();
      throw e;
    }
    return viewer;
  }

  private void follow(
      FollowedOutputs outputs, String name, Location location, FollowedOutput source) {
    Tail tail = Tails.follow(location, outputs.kafka(), FollowedOutputs.backlog(extent));
    var follower =
        new Follower(
            "viewer-" + name, tail, source::row, this::changed, source::unavailable, this::fail);
    followers.add(follower);
    follower.start();
  }

  /** What all faces of this viewer look at. */
  public ViewModel model() {
    return model;
  }

  /** What there is to show now. */
  public Picture picture() {
    return model.picture(extent);
  }

  /**
   * Waits for a picture.
   *
   * @param wanted called with one picture after another, on this thread
   * @param patience how long to wait
   * @return the first picture that is wanted
   * @throws CommandException if none came in time, or an output can't be read any more
   */
  public synchronized Picture readUntil(Predicate<Picture> wanted, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Picture picture = picture();
      if (wanted.test(picture)) {
        return picture;
      }
      rethrowFailure();
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || closed) {
        throw CommandException.failed(
            "no such picture within "
                + patience.toMillis()
                + " ms; the last had "
                + picture.originals()
                + " readings and "
                + picture.means()
                + " windows",
            null);
      }
      wait(Math.min(left, 1_000)); // States change by time alone.
    }
  }

  /** Whether there is a display for a window. */
  public static boolean canShowWindow() {
    return PlotWindow.isPossible();
  }

  /**
   * Opens a window that is drawn anew up to 8 times a second, while there is something new.
   *
   * @throws CommandException if there is no display
   */
  public void showWindow(PlotStyle look) {
    if (!PlotWindow.isPossible()) {
      throw PlotWindow.noDisplay();
    }
    synchronized (this) {
      windowOpen = true;
    }
    Runnable close = PlotWindow.show(model, extent, look, Path.of(""), this::windowClosed);
    synchronized (this) {
      closeWindow = close;
    }
  }

  /**
   * Waits until the user has closed the window, or {@link #close} was called.
   *
   * @throws CommandException if an output can't be read any more
   */
  public synchronized void awaitWindowClosed() throws InterruptedException {
    await(() -> !windowOpen || closed);
  }

  /**
   * Serves a page until {@link #close}.
   *
   * @return the page, which this viewer closes
   * @throws CommandException if the port is taken, or the host is not this machine
   */
  public PageServer showPage(ServerAddress at, PageStyle look) {
    PageServer opened = PageServer.start(at, model, extent, look, this::check);
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
  public void writeSnapshot(PlotStyle look, Path file) {
    PictureFile.write(picture(), look, file);
  }

  /**
   * Draws pictures like {@link #writeSnapshot}, one now and more until {@link #close}. A file that
   * can't be written fails what waits for this viewer.
   *
   * @param every how long apart
   */
  public void writeSnapshots(PlotStyle look, Path file, Duration every) {
    synchronized (this) {
      snapshots = Executors.newSingleThreadScheduledExecutor(Viewer::thread);
      var unused =
          snapshots.scheduleAtFixedRate(
              () -> {
                try {
                  writeSnapshot(look, file);
                } catch (RuntimeException e) {
                  fail(e);
                  throw e;
                }
              },
              0,
              every.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Waits until {@link #close} was called.
   *
   * @throws CommandException if an output can't be read any more
   */
  public synchronized void awaitClosed() throws InterruptedException {
    await(() -> closed);
  }

  /** Ends the reading and closes window and page. */
  @Override
  public void close() {
    Runnable window;
    PageServer served;
    synchronized (this) {
      closed = true;
      served = page;
      page = null;
      window = closeWindow;
      closeWindow = () -> {};
      if (snapshots != null) {
        snapshots.shutdownNow();
      }
      notifyAll();
    }
    window.run();
    if (served != null) {
      served.close();
    }
    followers.forEach(Follower::close);
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "viewer-snapshots");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void await(BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean()) {
      rethrowFailure();
      wait();
    }
  }

  private synchronized void changed() {
    notifyAll();
  }

  private synchronized void windowClosed() {
    windowOpen = false;
    notifyAll();
  }

  private synchronized void fail(RuntimeException cause) {
    failure = cause;
    notifyAll();
  }

  private synchronized void check() {
    rethrowFailure();
  }

  private void rethrowFailure() {
    if (failure != null) {
      throw failure;
    }
  }
}
