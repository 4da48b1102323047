package coarsen.command;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Units of time as options write them: {@code s}, {@code ms}, {@code us}, {@code ns}. */
public final class TimeUnits {
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "s", TimeUnit.SECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "us", TimeUnit.MICROSECONDS,
          "ns", TimeUnit.NANOSECONDS);

  private TimeUnits() {}

  /**
   * The unit of an option.
   *
   * @throws CommandException if there is none of this name
   */
  public static TimeUnit parse(String option, String name) {
    TimeUnit unit = UNITS.get(name);
    if (unit == null) {
      throw CommandException.usage(option + "=" + name + " is not one of s, ms, us, ns");
    }
    return unit;
  }
}
