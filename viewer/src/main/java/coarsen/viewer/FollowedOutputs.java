package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.outputs.Tails;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.SeriesChoice;
import coarsen.viewer.model.SeriesHistory;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outputs that a viewer follows.
 *
 * @param raw where raw rows are: a topic or a folder of this machine
 * @param reduced where reduced rows are
 * @param rejected where rejected rows are, which are only counted; null not to follow them
 * @param kafka where topics are; null if none of them is a topic
 */
public record FollowedOutputs(
    Location raw, Location reduced, @Nullable Location rejected, @Nullable KafkaClients kafka) {
  private static final long MIN_BACKLOG = 10_000;
  private static final long BACKLOG_PER_READING = 4;
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

  /**
   * An empty model of them.
   *
   * @param askedFor the series of this selection are found even if there are very many
   */
  ViewModel model(Selection askedFor) {
    return new ViewModel(InstantSource.system(), rejected != null, askedFor);
  }

  /**
   * Reads once what the outputs hold now, and shows what is shown if no series are asked for.
   *
   * @param span how much to show, which also limits how much is read, as in {@link Viewer#open}
   * @throws CommandException if a folder, topic or broker is not there
   */
  public Picture pictureNow(VisibleSpan span) {
    return pictureNow(span, Selection.DEFAULT);
  }

  Picture pictureNow(VisibleSpan span, Selection selection) {
    ViewModel model = model(selection);
    long last = backlog(span);
    // Their reduced rows tell which series are to be shown.
    Tails.readNow(reduced, kafka, last, model.reduced()::row);
    var unused = model.choose(selection);
    model
        .missingHistory()
        .ifPresent(
            history -> {
              Tails.readNow(reduced, kafka, last, history::reduced);
              history.done();
            });
    Tails.readNow(raw, kafka, last, model.raw()::row);
    Picture picture = model.picture(span, selection);
    Optional<SeriesHistory> missing = model.missingHistory();
    if (missing.isPresent()) { // Series without reduced rows yet.
      Tails.readNow(raw, kafka, last, missing.get()::raw);
      missing.get().done();
      picture = model.picture(span, selection);
    }
    warn(picture);
    return picture;
  }

  private static void warn(Picture picture) {
    long badLines = picture.status().badLines();
    if (badLines > 0) {
      System.err.println(badLines + " lines were not rows and are not in the picture");
    }
    SeriesChoice choice = picture.choice();
    if (choice.isVain() && !picture.isEmpty()) {
      System.err.println("the rows name no series; the picture has all readings");
    } else if (choice.hasSeries() && choice.matching() == 0) {
      System.err.println("none of " + choice.known() + " series matches; the picture is empty");
    } else if (choice.hasSeries() && choice.colours().size() < choice.matching()) {
      System.err.println(
          "the picture has "
              + choice.colours().size()
              + " of "
              + choice.matching()
              + " series, those of the greatest spread; --series=PATTERN chooses others");
    }
  }

  /** How many messages before the end of a partition to start, to find what is shown. */
  static long backlog(VisibleSpan span) {
    return span instanceof VisibleSpan.LastReadings readings
        ? Math.max(MIN_BACKLOG, BACKLOG_PER_READING * readings.count())
        : SPAN_BACKLOG;
  }

  /** How many to read again for one series of many. */
  static long historyBacklog(VisibleSpan span) {
    return Math.max(SPAN_BACKLOG, backlog(span));
  }
}
