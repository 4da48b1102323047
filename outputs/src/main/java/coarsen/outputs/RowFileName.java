package coarsen.outputs;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of rows that the pipeline writes: {@code KIND-RUN-WRITER-NUMBER.jsonl}. While
 * it is written, a dot before the name hides the file from readers; they read all files {@code
 * *.jsonl}, whoever wrote them.
 *
 * @param kind what rows are in it, such as {@code raw}; letters, digits and underscores
 * @param run how often the pipeline had been restarted on the same outputs, 0 or more
 * @param writer tells apart writers that write to the folder at the same time; letters and digits
 * @param number counts the writer's files, from 0
 */
public record RowFileName(String kind, int run, String writer, int number) {
  private static final String SUFFIX = ".jsonl";
  private static final Pattern FORM =
      Pattern.compile("\\.?(\\w+)-([0-9]{1,9})-([A-Za-z0-9]+)-([0-9]{6,9})\\.jsonl");

  /** Checks that the name can be parsed. */
  public RowFileName {
    if (!kind.matches("\\w+") || !writer.matches("[A-Za-z0-9]+") || run < 0 || number < 0) {
      throw new IllegalArgumentException(
          "not the name of a file of rows: %s-%d-%s-%d".formatted(kind, run, writer, number));
    }
  }

  /** The name of a writer's file. */
  public static RowFileName of(String kind, int run, String writer, int number) {
    return new RowFileName(kind, run, writer, number);
  }

  /** Whether a file's name is one that readers read: any {@code *.jsonl} without a dot before. */
  public static boolean isVisible(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith(".");
  }

  /** Takes a visible or a hidden name apart; empty if the pipeline does not write such names. */
  public static Optional<RowFileName> parse(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new RowFileName(
            form.group(1),
            Integer.parseInt(form.group(2)),
            form.group(3),
            Integer.parseInt(form.group(4))));
  }

  /** The name of the finished file. */
  public String visible() {
    return String.format(Locale.ROOT, "%s-%d-%s-%06d%s", kind, run, writer, number, SUFFIX);
  }

  /** The name while the file is written. */
  public String hidden() {
    return "." + visible();
  }
}
