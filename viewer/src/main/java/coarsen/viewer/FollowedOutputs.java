package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.outputs.Tails;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer follows.
 *
 * @param raw where raw rows are: a topic or a folder of this machine
 * @param reduced where reduced rows are
 * @param rejected where rejected rows are, which are only counted; null not to follow them
 * @param kafka where topics are; null if none of them is a topic
 */
public record FollowedOutputs(
    Location raw, Location reduced, @Nullable Location rejected, @Nullable KafkaClients kafka) {
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
    Tails.check("--raw", raw, kafka);
    Tails.check("--reduced", reduced, kafka);
    if (rejected != null) {
      Tails.check("--rejected", rejected, kafka);
    }
  }

  /** A model of them, empty. */
  ViewModel model() {
    return new ViewModel(InstantSource.system(), rejected != null);
  }

  /**
   * Reads what is there now, and no more.
   *
   * @param extent how much to show, and so how much is read, as {@link Viewer#open} does
   * @throws CommandException if a folder, topic or broker is not there
   */
  public Picture pictureNow(VisibleSpan extent) {
    ViewModel model = model();
    long last = backlog(extent);
    Tails.readNow(raw, kafka, last, model.raw()::row);
    Tails.readNow(reduced, kafka, last, model.reduced()::row);
    Picture picture = model.picture(extent);
    long badLines = picture.status().badLines();
    if (badLines > 0) {
      System.err.println(badLines + " lines were no rows and are not in the picture");
    }
    return picture;
  }

  /** How many messages before a partition's end reading begins, to find what is shown. */
  static long backlog(VisibleSpan extent) {
    return extent instanceof VisibleSpan.LastReadings points
        ? Math.max(LEAST_BACKLOG, BACKLOG_PER_POINT * points.count())
        : SPAN_BACKLOG;
  }
}
