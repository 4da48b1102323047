package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.List;

/** Counts what does not fit, and keeps the first few to be printed. */
final class Differences {
  private static final int KEPT = 10;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String line) {
    count++;
    if (first.size() < KEPT) {
      first.add(line);
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }
}
