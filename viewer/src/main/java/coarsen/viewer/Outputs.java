package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Location;
import coarsen.viewer.model.Extent;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.tail.Sources;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer follows.
 *
 * @param raw where raw rows are: a topic or a folder of this machine
 * @param reduced where reduced rows are
 * @param rejected where rejected rows are, which are only counted; null not to follow them
 * @param bootstrapServers {@code HOST:PORT} of a broker; null if none of them is a topic
 */
public record Outputs(
    Location raw,
    Location reduced,
    @Nullable Location rejected,
    @Nullable String bootstrapServers) {
  private static final long LEAST_BACKLOG = 10_000;
  private static final long BACKLOG_PER_POINT = 4;
  private static final long SPAN_BACKLOG = 300_000;

  /**
   * Checks what can be checked without opening anything.
   *
   * @throws CommandException if a topic comes without a broker's address, or a folder is not on
   *     this machine
   */
  void check() {
    Sources.check("--raw", raw, bootstrapServers);
    Sources.check("--reduced", reduced, bootstrapServers);
    if (rejected != null) {
      Sources.check("--rejected", rejected, bootstrapServers);
    }
  }

  /** A model of them, empty. */
  ViewModel model() {
    return new ViewModel(
        InstantSource.system(),
        raw.toString(),
        reduced.toString(),
        rejected == null ? null : rejected.toString());
  }

  /**
   * Reads what is there now, and no more.
   *
   * @param extent how much to show, and so how much is read, as {@link Viewer#open} does
   * @throws CommandException if a folder, topic or broker is not there
   */
  public Picture pictureNow(Extent extent) {
    ViewModel model = model();
    long last = backlog(extent);
    Sources.readNow(raw, bootstrapServers, last, model.raw()::row);
    Sources.readNow(reduced, bootstrapServers, last, model.reduced()::row);
    Picture picture = model.picture(extent);
    long badLines = picture.status().badLines();
    if (badLines > 0) {
      System.err.println(badLines + " lines were no rows and are not in the picture");
    }
    return picture;
  }

  /** How many messages before a partition's end reading begins, to find what is shown. */
  static long backlog(Extent extent) {
    return extent instanceof Extent.Points points
        ? Math.max(LEAST_BACKLOG, BACKLOG_PER_POINT * points.count())
        : SPAN_BACKLOG;
  }
}
