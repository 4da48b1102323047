package coarsen.viewer.model;

import java.time.Duration;

/** How much is shown of what came last, in event time. */
public sealed interface VisibleSpan {
  /** The last readings of each series, and the windows from the oldest of them on. */
  record LastReadings(int count) implements VisibleSpan {
    /** The most readings that are kept one by one, and so the most that can be asked for. */
    public static final int MOST = 100_000;

    /** Checks that the count is 1 to {@link #MOST}. */
    public LastReadings {
      if (count < 1 || count > MOST) {
        throw new IllegalArgumentException("points: " + count);
      }
    }

    @Override
    public LastReadings wider() {
      return new LastReadings(Math.min(MOST, count * 2));
    }

    @Override
    public LastReadings narrower() {
      return new LastReadings(Math.max(Math.min(2, count), count / 2));
    }
  }

  /** What happened in a length of event time, up to the newest. */
  record LastTime(Duration length) implements VisibleSpan {
    /** The shortest span. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** The longest span. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    /** Checks that the length is {@link #SHORTEST} to {@link #LONGEST}. */
    public LastTime {
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("span: " + length);
      }
    }

    @Override
    public LastTime wider() {
      Duration twice = length.multipliedBy(2);
      return new LastTime(twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
    }

    @Override
    public LastTime narrower() {
      Duration half = length.dividedBy(2);
      return new LastTime(half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }

    long micros() {
      return length.toNanos() / 1_000;
    }
  }

  /** Twice as much, as far as that goes. */
  VisibleSpan wider();

  /** Half as much, as far as that goes. */
  VisibleSpan narrower();
}
