package coarsen.pipeline.format;

import java.util.Arrays;
import java.util.List;

/**
 * Where a field of a message is: a name at the top level, or a JSON pointer (RFC 6901), which
 * begins with a slash.
 *
 * @param text as it was given
 * @param steps names, or indexes of arrays, from the top; at least one
 */
record FieldPath(String text, List<String> steps) {
  /**
   * Parses names and pointers that commas separate; a comma that belongs to one has a backslash
   * before it.
   *
   * @throws IllegalArgumentException if one is a wrong pointer
   */
  static List<FieldPath> list(String option, String text) {
    return split(text).stream().map(field -> parse(option, field)).toList();
  }

  /** Splits at commas that have no backslash before them. */
  static List<String> split(String text) {
    return Arrays.stream(text.split("(?<!\\\\),", -1))
        .map(field -> field.replace("\\,", ","))
        .toList();
  }

  /**
   * Parses a name or pointer.
   *
   * @throws IllegalArgumentException if it is a wrong pointer
   */
  static FieldPath parse(String option, String text) {
    if (!text.startsWith("/")) {
      return new FieldPath(text, List.of(text));
    }
    if (text.matches("(?s).*~(?![01]).*")) {
      throw new IllegalArgumentException(
          option
              + "="
              + text
              + " is not a JSON pointer: ~ stands before 0 or 1; write ~0 for ~ and ~1 for /");
    }
    return new FieldPath(
        text,
        Arrays.stream(text.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /** Whether the other field is this one, or a part of it. */
  boolean holds(FieldPath other) {
    return other.steps.size() >= steps.size() && other.steps.subList(0, steps.size()).equals(steps);
  }

  /** Whether it is a name at the top level, and not a pointer. */
  boolean isName() {
    return !text.startsWith("/");
  }

  /** The place, for details of rejected messages. */
  String place() {
    return isName() ? "$." + text : text;
  }
}
