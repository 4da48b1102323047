package coarsen.testbed;

import java.time.Duration;

/**
 * What goes wrong in a generated stream. Each share is the probability, 0 to 1, that a message has
 * that fault; no message has two.
 *
 * @param disorder at most so far the event time of an out-of-order reading is moved back
 * @param disorderShare of readings out of order
 * @param lateShare of readings that are late
 * @param lateBy so far the event time of a late reading is moved back; it has to exceed what the
 *     pipeline allows (disorder, window and lateness together) for the reading to be late there
 * @param malformedShare of messages that are no readings
 * @param futureShare of readings a day after their record's Kafka timestamp
 */
public record Faults(
    Duration disorder,
    double disorderShare,
    double lateShare,
    Duration lateBy,
    double malformedShare,
    double futureShare) {
  private static final Duration LONGEST_MOVE = Duration.ofDays(365);

  /** A stream without faults. */
  public static final Faults NONE = new Faults(Duration.ZERO, 0, 0, Duration.ofHours(1), 0, 0);

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if a share is not from 0 to 1, if they exceed 1 together, or
   *     if readings are to be moved back by nothing or by more than a year
   */
  public Faults {
    checkShare("--disorderShare", disorderShare);
    checkShare("--lateShare", lateShare);
    checkShare("--malformedShare", malformedShare);
    checkShare("--futureShare", futureShare);
    double sum = disorderShare + lateShare + malformedShare + futureShare;
    // The slack is for shares such as 0.1 + 0.2 + 0.7, which exceed 1 in binary.
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "the faults' shares come to " + sum + "; together they can be 1 at most");
    }
    checkMove("--disorder", disorder, disorderShare);
    checkMove("--lateBy", lateBy, lateShare);
  }

  /** The kind of a message. {@code draw} is from 0 to 1, 1 excluded. */
  ReadingKind pick(double draw) {
    double rest = draw - disorderShare;
    if (rest < 0) {
      return ReadingKind.OUT_OF_ORDER;
    }
    rest -= lateShare;
    if (rest < 0) {
      return ReadingKind.LATE;
    }
    rest -= malformedShare;
    if (rest < 0) {
      return ReadingKind.MALFORMED;
    }
    return rest < futureShare ? ReadingKind.FUTURE : ReadingKind.IN_ORDER;
  }

  private static void checkShare(String option, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(option + "=" + share + " is no share; 0 to 1 are");
    }
  }

  private static void checkMove(String option, Duration by, double share) {
    if (share > 0 && by.isZero()) {
      throw new IllegalArgumentException(option + " moves no reading; it takes 1ms or more");
    }
    if (by.compareTo(LONGEST_MOVE) > 0) {
      throw new IllegalArgumentException(option + " takes " + LONGEST_MOVE.toDays() + "d at most");
    }
  }
}
