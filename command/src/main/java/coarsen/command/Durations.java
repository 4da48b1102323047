package coarsen.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as options write them: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 1d}.
 */
public final class Durations {
  /** Longer ones are refused: nanoseconds in 64 bits end at 292 years. */
  public static final Duration MAX = Duration.ofDays(36_500);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException if the text has another form, or is longer than {@link #MAX}
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write a number and ms, s, m, h or d, such as 5s");
    }
    long amount = Long.parseLong(form.group(1));
    Duration duration = of(amount, form.group(2));
    if (duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is too long; write at most " + MAX.toDays() + "d, a hundred years");
    }
    return duration;
  }

  /**
   * Parses the duration of an option that can be switched off.
   *
   * @return null for {@code off}
   * @throws CommandException if the text is neither that nor a duration
   */
  public static @Nullable Duration parseUnlessOff(String option, String text) {
    if (text.equals("off")) {
      return null;
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(option + ": " + e.getMessage() + "; or off");
    }
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
