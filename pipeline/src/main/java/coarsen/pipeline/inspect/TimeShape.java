package coarsen.pipeline.inspect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to read event times.
 *
 * @param name of the option that chooses it
 * @param value of the option; empty for the way without it
 * @param text for people
 */
record TimeShape(String name, String value, String text) {
  private static final Map<String, String> UNITS =
      Map.of("s", "seconds", "ms", "milliseconds", "us", "microseconds", "ns", "nanoseconds");

  private static final List<String> PATTERNS =
      List.of(
          "EEE, dd MMM yyyy HH:mm:ss zzz",
          "EEE, d MMM yyyy HH:mm:ss zzz",
          "EEE, d MMM yyyy HH:mm:ss xx",
          "EEE MMM dd HH:mm:ss zzz yyyy",
          "EEE MMM d HH:mm:ss yyyy",
          "dd.MM.yyyy HH:mm:ss",
          "dd.MM.yyyy HH:mm:ss.SSS",
          "dd.MM.yyyy HH:mm",
          "dd/MM/yyyy HH:mm:ss",
          "MM/dd/yyyy HH:mm:ss",
          "M/d/yyyy h:mm:ss a",
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm:ss.SSS",
          "dd-MM-yyyy HH:mm:ss",
          "dd-MMM-yyyy HH:mm:ss",
          "dd/MMM/yyyy:HH:mm:ss xx",
          "yyyyMMdd HH:mm:ss",
          "yyyy-MM-dd HH:mm:ss xx",
          "yyyy-MM-dd HH:mm:ss zzz",
          "dd.MM.yyyy",
          "dd/MM/yyyy",
          "MM/dd/yyyy");

  private static final TimeShape ISO = new TimeShape(FormatChoice.TIMESTAMP_FORMAT, "", "ISO-8601");

  /** A date has so many digits, so that names such as press-04 need not be tried in all ways. */
  private static final int FEWEST_DIGITS = 6;

  /**
   * The ways to try for a field's values, as far as the options that were given allow them. Those
   * that leave no doubt come first.
   */
  static List<TimeShape> of(FieldColumn.Cell example, FormatChoice given) {
    if (example.isNumber()) {
      return units("number of ", given).toList();
    }
    if (example.text().chars().filter(Character::isDigit).count() < FEWEST_DIGITS) {
      return List.of();
    }
    Optional<String> pattern = given.value(FormatChoice.TIMESTAMP_FORMAT);
    if (pattern.isPresent()) {
      return List.of(pattern(pattern.get()));
    }
    return example.text().matches("-?\\d+(\\.\\d+)?")
        ? Stream.concat(
                units("text, number of ", given),
                Stream.of("uuuuMMddHHmmss", "uuuuMMdd").map(TimeShape::pattern))
            .toList()
        : Stream.concat(Stream.of(ISO), PATTERNS.stream().map(TimeShape::pattern)).toList();
  }

  private static Stream<TimeShape> units(String what, FormatChoice given) {
    return Stream.of("ms", "s", "us", "ns")
        .filter(unit -> given.value(FormatChoice.TIMESTAMP_UNIT).orElse(unit).equals(unit))
        .map(unit -> new TimeShape(FormatChoice.TIMESTAMP_UNIT, unit, what + UNITS.get(unit)));
  }

  private static TimeShape pattern(String pattern) {
    return new TimeShape(FormatChoice.TIMESTAMP_FORMAT, pattern, pattern);
  }

  /**
   * The options that choose it.
   *
   * @param defaultUnit the unit that needs none
   */
  List<String> options(String defaultUnit) {
    return value.isEmpty() || value.equals(defaultUnit) ? List.of() : List.of(name + "=" + value);
  }

  /** Whether what it reads is read right, so that no other way need be tried. */
  boolean leavesNoDoubt() {
    return equals(ISO);
  }
}
