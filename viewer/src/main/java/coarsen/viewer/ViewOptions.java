package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Theme;
import coarsen.viewer.web.PageStyle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what is drawn and how, of all commands that draw. */
public final class ViewOptions {
  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Show the last N readings, and the means since the oldest of them.")
  private @Nullable Integer points;

  @Option(
      names = "--span",
      paramLabel = "DURATION",
      description = "Show the last stretch of event time of this length, such as 5m.")
  private @Nullable Duration span;

  @Option(
      names = "--band",
      description = "Draw the smallest and the largest reading of each window behind the means.")
  private boolean band;

  @Option(
      names = "--grid",
      description = "Draw each series in a plot of its own, instead of all in one.")
  private boolean grid;

  @Option(
      names = "--yMin",
      paramLabel = "VALUE",
      description = "Start the value axis here, whatever the values are.")
  private @Nullable Double yMin;

  @Option(
      names = "--yMax",
      paramLabel = "VALUE",
      description = "End the value axis here, whatever the values are.")
  private @Nullable Double yMax;

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "Time zone of the axis, such as Europe/Berlin (default: ${DEFAULT-VALUE}).")
  private String zone = "UTC";

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      description = "Colours (default: light; in a page, what the browser prefers).")
  private @Nullable Theme theme;

  /**
   * How much to show.
   *
   * @param byDefault what to show if neither option is given
   * @throws CommandException if an option is out of range, or two contradict each other
   */
  public VisibleSpan extent(VisibleSpan byDefault) {
    if (points != null && span != null) {
      throw CommandException.usage("--points and --span contradict each other; write one of them");
    }
    if (points != null) {
      if (points < 1 || points > VisibleSpan.LastReadings.MAX) {
        throw CommandException.usage(
            "--points=" + points + " is out of range; write 1 to " + VisibleSpan.LastReadings.MAX);
      }
      return new VisibleSpan.LastReadings(points);
    }
    if (span != null) {
      if (span.compareTo(VisibleSpan.LastTime.SHORTEST) < 0
          || span.compareTo(VisibleSpan.LastTime.LONGEST) > 0) {
        throw CommandException.usage("--span is out of range; write 1ms to 36500d");
      }
      return new VisibleSpan.LastTime(span);
    }
    return byDefault;
  }

  /**
   * How to draw.
   *
   * @throws CommandException if an option is out of range
   */
  public PlotStyle look() {
    checkFinite("--yMin", yMin);
    checkFinite("--yMax", yMax);
    if (yMin != null && yMax != null && yMin >= yMax) {
      throw CommandException.usage(
          "--yMin=" + yMin + " is not below --yMax=" + yMax + "; write a smaller --yMin");
    }
    try {
      return new PlotStyle(
          band, yMin, yMax, grid, ZoneId.of(zone), theme == null ? Theme.LIGHT : theme);
    } catch (DateTimeException e) {
      throw CommandException.usage(
          "--zone=" + zone + " is not a time zone; write one such as UTC, Europe/Berlin or +02:00");
    }
  }

  /**
   * How a page is to draw.
   *
   * @throws CommandException if an option is out of range
   */
  public PageStyle pageLook() {
    return new PageStyle(look(), theme == null);
  }

  private static void checkFinite(String option, @Nullable Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw CommandException.usage(option + "=" + value + " is not a limit; write a finite number");
    }
  }
}
