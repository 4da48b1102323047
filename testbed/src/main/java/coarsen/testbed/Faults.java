package coarsen.testbed;

import java.time.Duration;

/**
 * What goes wrong in a generated stream. Each share is the probability, 0 to 1, that a message has
 * that fault; no message has two.
 *
 * @param disorder how far, at most, the event time of an out-of-order reading is moved back
 * @param disorderShare share of out-of-order readings
 * @param lateShare share of late readings
 * @param lateBy how far the event time of a late reading is moved back; a pipeline finds it late
 *     only if this exceeds its disorder, window and allowed lateness together
 * @param malformedShare share of messages that are not readings
 * @param futureShare share of readings a day after their record's Kafka timestamp
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
   * Checks the shares and durations.
   *
   * @throws IllegalArgumentException if a share is not from 0 to 1, if the shares add up to more
   *     than 1, or if readings are to be moved back by nothing or by more than a year
   */
  public Faults {
    checkShare("--disorderShare", disorderShare);
    checkShare("--lateShare", lateShare);
    checkShare("--malformedShare", malformedShare);
    checkShare("--futureShare", futureShare);
    double sum = disorderShare + lateShare + malformedShare + futureShare;
    // Shares such as 0.1 + 0.2 + 0.7 exceed 1 in binary.
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "the shares of all faults add up to " + sum + "; they may add up to 1 at most");
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
      throw new IllegalArgumentException(option + "=" + share + " is not a share; use 0 to 1");
    }
  }

  private static void checkMove(String option, Duration by, double share) {
    if (share > 0 && by.isZero()) {
      throw new IllegalArgumentException(option + " is 0s and moves nothing; use 1ms or more");
    }
    if (by.compareTo(LONGEST_MOVE) > 0) {
      throw new IllegalArgumentException(option + " takes at most " + LONGEST_MOVE.toDays() + "d");
    }
  }
}
