package coarsen.pipeline.inspect;

import java.util.ArrayList;
import java.util.List;

/** Collects what is printed: lines of a label and a text, that fit a terminal of 100 columns. */
final class Lines {
  private static final int COLUMNS = 100;
  private static final int LABEL = 13;

  private final List<String> lines = new ArrayList<>();

  /** Adds a text, over several lines if it is long. */
  void add(String label, String text) {
    var line = new StringBuilder(label).append(" ".repeat(Math.max(1, LABEL - label.length())));
    boolean isEmpty = true;
    for (String word : text.split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(LABEL));
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(line.toString());
  }

  /** Adds a line as it is, cut where it would be too long. */
  void add(String line) {
    lines.add(line.length() > COLUMNS ? line.substring(0, COLUMNS - 1) + "…" : line);
  }

  /** Adds lines as they are, to be copied. */
  void addAll(List<String> others) {
    lines.addAll(others);
  }

  /** What was collected. */
  List<String> all() {
    return List.copyOf(lines);
  }
}
