package coarsen.testbed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a generator has sent and the broker has acknowledged.
 *
 * @param kinds number of messages by kind; contains every kind
 * @param perPartition number of messages in each partition, from partition 0
 * @param elapsed from the first message to the last acknowledgement
 */
public record Ledger(Map<ReadingKind, Long> kinds, List<Long> perPartition, Duration elapsed) {
  /** Copies the collections. */
  public Ledger {
    kinds = Map.copyOf(kinds);
    perPartition = List.copyOf(perPartition);
  }

  /** Number of messages of all kinds. */
  public long made() {
    return perPartition.stream().mapToLong(Long::longValue).sum();
  }

  /** Number of messages of a kind. */
  public long of(ReadingKind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  /** The printed table. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    double seconds = elapsed.toNanos() / 1e9;
    String time = String.format(Locale.ROOT, "in %.1f s", seconds);
    if (seconds > 0) {
      time += String.format(Locale.ROOT, ", %.0f a second", made() / seconds);
    }
    lines.add(row("made", made()) + "  " + time);
    for (ReadingKind kind : ReadingKind.values()) {
      lines.add(row("  " + kind.label(), of(kind)));
    }
    for (int partition = 0; partition < perPartition.size(); partition++) {
      lines.add(row("partition " + partition, perPartition.get(partition)));
    }
    return lines;
  }

  private static String row(String label, long count) {
    return String.format(Locale.ROOT, "%-18s%12d", label, count);
  }
}
