package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a raw and a reduced output, and shows the last readings and the windows over them: in a
 * window, as a PNG file, or as a {@link Picture}. It reads on two threads of its own from {@link
 * #open} to {@link #close}; folders and topics that are not there yet are waited for. Of each
 * partition of a topic that exists, the last 10,000 messages, or 4 for each point if that is more,
 * are read first; of folders, everything. Safe to be used by several threads.
 */
public final class Viewer implements AutoCloseable {
  /** The most points that can be asked for; a screen is a few thousand pixels wide. */
  public static final int MOST_POINTS = 100_000;

  private static final long LEAST_BACKLOG = 10_000;
  private static final long BACKLOG_PER_POINT = 4;

  private final ViewModel model;
  private final Follower raw;
  private final Follower reduced;
  private @Nullable RuntimeException failure;
  private boolean closed;
  private Runnable closeWindow = () -> {};
  private boolean windowOpen;

  private Viewer(ViewModel model, Tail raw, Tail reduced) {
    this.model = model;
    this.raw = new Follower("viewer-raw", raw, model::raw, this::changed, this::fail);
    this.reduced =
        new Follower("viewer-reduced", reduced, model::reduced, this::changed, this::fail);
  }

  /**
   * Begins to read.
   *
   * @param raw where raw rows are: a topic or a folder of this machine
   * @param reduced where reduced rows are
   * @param bootstrapServers {@code HOST:PORT} of a broker; null if neither is a topic
   * @param points how many readings to show, the last ones in event time: 1 to {@link #MOST_POINTS}
   * @throws CommandException if a topic comes without a broker's address, the broker does not
   *     answer within 10 seconds, or a folder is not on this machine
   */
  public static Viewer open(
      Location raw, Location reduced, @Nullable String bootstrapServers, int points) {
    Sources.check("--raw", raw, bootstrapServers);
    Sources.check("--reduced", reduced, bootstrapServers);
    long last = backlog(points);
    var model = new ViewModel(points);
    Tail rawTail = Sources.follow(raw, bootstrapServers, last);
    Tail reducedTail;
    try {
      reducedTail = Sources.follow(reduced, bootstrapServers, last);
    } catch (RuntimeException e) {
      rawTail.close();
      throw e;
    }
    var viewer = new Viewer(model, rawTail, reducedTail);
    viewer.raw.start();
    viewer.reduced.start();
    return viewer;
  }

  /**
   * Checks the option {@code --points}.
   *
   * @throws CommandException if it is out of range
   */
  public static void checkPoints(int points) {
    if (points < 1 || points > MOST_POINTS) {
      throw CommandException.usage(
          "--points=" + points + " is out of range; write 1 to " + MOST_POINTS);
    }
  }

  /**
   * Checks the option {@code --snapshot}.
   *
   * @throws CommandException if no file can be written there
   */
  public static void checkSnapshot(Path png) {
    Path folder = png.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(png)) {
      throw CommandException.usage(
          "--snapshot=" + png + " can't be written; name a file in a folder that is there");
    }
  }

  /** How many messages before a partition's end reading begins, to find the last points. */
  static long backlog(int points) {
    return Math.max(LEAST_BACKLOG, BACKLOG_PER_POINT * points);
  }

  /** What there is to show now. */
  public Picture picture() {
    return model.picture();
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
      Picture picture = model.picture();
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
                + picture.originals().size()
                + " readings and "
                + picture.reduced().size()
                + " windows",
            null);
      }
      wait(left);
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
  public void showWindow() {
    if (!PlotWindow.isPossible()) {
      throw PlotWindow.noDisplay();
    }
    synchronized (this) {
      windowOpen = true;
    }
    Runnable close = PlotWindow.show(model, this::windowClosed);
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
    while (windowOpen && !closed) {
      rethrowFailure();
      wait();
    }
  }

  /**
   * Draws the present picture, 1000 by 600 pixels; needs no display.
   *
   * @throws CommandException if the file can't be written
   */
  public void writeSnapshot(Path png) {
    writePng(picture(), png);
  }

  /** Ends the reading and closes the window. */
  @Override
  public void close() {
    Runnable window;
    synchronized (this) {
      closed = true;
      window = closeWindow;
      closeWindow = () -> {};
      notifyAll();
    }
    window.run();
    raw.close();
    reduced.close();
  }

  static void writePng(Picture picture, Path png) {
    var bytes = new ByteArrayOutputStream();
    // The stream that ImageIO makes by itself needs a shutdown hook, which Ctrl-C is too late for.
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(Plot.image(picture), "png", stream)) {
        throw new IOException("this Java has no PNG writer");
      }
      stream.flush();
      Files.write(png, bytes.toByteArray());
    } catch (IOException e) {
      throw CommandException.failed("can't write the picture: " + e, e);
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

  private void rethrowFailure() {
    if (failure != null) {
      throw failure;
    }
  }
}
