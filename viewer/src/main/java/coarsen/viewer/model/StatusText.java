package coarsen.viewer.model;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One part of the status line.
 *
 * @param state the state whose colour the text has; null for no colour
 * @param text such as {@code raw live, 100/s, 1,200 rows}
 */
public record StatusText(@Nullable OutputState state, String text) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /**
   * The status line of a picture: the state, rate and rows of each output, then the reduction
   * ratio, the bad lines and the lag.
   *
   * @param zone of the times in the text
   */
  public static List<StatusText> of(Picture picture, ZoneId zone) {
    List<StatusText> parts = new ArrayList<>();
    Status status = picture.status();
    for (OutputStatus source : status.sources()) {
      parts.add(new StatusText(source.state(), source(source, zone)));
    }
    if (picture.choice().hasSeries()) {
      parts.add(new StatusText(null, series(picture.choice())));
    } else if (picture.choice().isVain() && !picture.isEmpty()) {
      parts.add(new StatusText(null, "the rows name no series"));
    }
    double ratio = picture.readingsPerRow();
    if (ratio > 0) {
      parts.add(new StatusText(null, number(ratio) + " readings a row"));
    }
    parts.add(new StatusText(null, count(status.badLines(), "bad line")));
    Duration lag = status.lag();
    if (lag != null) {
      parts.add(new StatusText(null, "lag " + lag(lag)));
    }
    return parts;
  }

  /** How many series are shown, and how to see others if the user has not chosen. */
  private static String series(SeriesChoice choice) {
    String known = (choice.isComplete() ? "" : "more than ") + count(choice.known(), "series");
    if (choice.colours().containsValue(SeriesChoice.ALONE)) {
      return "all readings of " + known;
    }
    int shown = choice.colours().size();
    boolean areMore = choice.selection() instanceof Selection.Matching && shown < choice.matching();
    return shown + " of " + known + (areMore ? "; --series=PATTERN or the list to choose" : "");
  }

  private static String source(OutputStatus source, ZoneId zone) {
    String state =
        switch (source.state()) {
          case WAITING -> "waiting" + because(source.detail());
          case LIVE -> "live, " + number(source.traffic().rowsPerSecond()) + "/s";
          case STALE -> "stale" + since(source, zone);
          case GONE -> "gone" + since(source, zone) + because(source.detail());
        };
    return source.name() + " " + state + ", " + count(source.traffic().rows(), "row");
  }

  private static String since(OutputStatus source, ZoneId zone) {
    return source.since() == null ? "" : " since " + TIME.withZone(zone).format(source.since());
  }

  private static String because(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }

  private static String count(long count, String noun) {
    return String.format(
        Locale.ROOT, "%,d %s%s", count, noun, count == 1 || noun.endsWith("s") ? "" : "s");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 && value > 0 ? "%.1f" : "%,.0f", value);
  }

  private static String lag(Duration lag) {
    long millis = lag.toMillis();
    if (Math.abs(millis) < 120_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long minutes = lag.toMinutes();
    if (Math.abs(minutes) < 120) {
      return minutes + " min";
    }
    long hours = lag.toHours();
    return Math.abs(hours) < 48 ? hours + " h" : String.format(Locale.ROOT, "%,d d", lag.toDays());
  }
}
