package coarsen.viewer.verify;

import java.util.TreeSet;
import java.util.function.Consumer;

/** The runs that wrote the outputs, which are counted one by one. */
final class RunNumbers {
  private final TreeSet<Integer> runs = new TreeSet<>();
  private boolean checked;

  void add(int run) {
    runs.add(run);
  }

  boolean isOne() {
    return runs.size() <= 1;
  }

  /** The newest run; -1 if there is none. */
  int newest() {
    return runs.isEmpty() ? -1 : runs.last();
  }

  /** Reports a number that is missing, once; the oldest runs' rows may have been deleted. */
  void check(Consumer<String> differences) {
    if (checked) {
      return;
    }
    checked = true;
    int expected = runs.isEmpty() ? 0 : runs.first();
    for (int run : runs) {
      if (run != expected) {
        differences.accept(
            "expected rows of run %d before those of run %d, found none".formatted(expected, run));
      }
      expected = run + 1;
    }
  }
}
