package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.function.Consumer;

/** Judges whether readings were late, as far as the clock's bounds tell. */
final class LateCheck {
  private final ClockBounds clock;
  private final Rules rules;
  private final Consumer<String> differences;

  LateCheck(ClockBounds clock, Rules rules, Consumer<String> differences) {
    this.clock = clock;
    this.rules = rules;
    this.differences = differences;
  }

  /**
   * Compares a row's mark with what it must be.
   *
   * @return whether the mark is right only if the clock ran ahead of the readings, which the rows
   *     do not tell
   */
  boolean dependsOnIdleTime(Reading row) {
    boolean mustBe = clock.isLate(row);
    if (!row.late() && mustBe) {
      differs(row, "late", "not late");
    } else if (row.late() && !mustBe) {
      if (clock.canBeLate(row)) {
        return true;
      }
      differs(row, "not late", "late");
    }
    return false;
  }

  private void differs(Reading row, String expected, String found) {
    differences.accept(
        "reading %s: expected %s, found %s, of %s in run %d with --maxOutOfOrder=%dms, --allowedLateness=%dms"
            .formatted(
                ReadingNames.text(row.partition(), row.offset(), row.index()),
                expected,
                found,
                EventTime.format(row.tsMicros()),
                row.run(),
                rules.maxOutOfOrder().toMillis(),
                rules.allowedLateness().toMillis()));
  }
}
