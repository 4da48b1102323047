package coarsen.viewer.model;

import java.time.Duration;

/** How much is shown, up to the newest event time. */
public sealed interface VisibleSpan {
  /** The latest readings of each series, and the windows since the oldest of them. */
  record LastReadings(int count) implements VisibleSpan {
    /** The number of readings that are kept one by one, and so the largest count. */
    public static final int MAX = 100_000;

    /** Checks that the count is 1 to {@link #MAX}. */
    public LastReadings {
      if (count < 1 || count > MAX) {
        throw new IllegalArgumentException("not 1 to " + MAX + " points: " + count);
      }
    }

    @Override
    public LastReadings wider() {
      return new LastReadings(Math.min(MAX, count * 2));
    }

    @Override
    public LastReadings narrower() {
      return new LastReadings(Math.max(Math.min(2, count), count / 2));
    }
  }

  /** Everything within a length of event time. */
  record LastTime(Duration length) implements VisibleSpan {
    /** The shortest span. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** The longest span. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    /** Checks that the length is {@link #SHORTEST} to {@link #LONGEST}. */
    public LastTime {
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("not a span of 1 ms to 36500 days: " + length);
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

  /** Twice as much, up to the maximum. */
  VisibleSpan wider();

  /** Half as much, down to the minimum. */
  VisibleSpan narrower();
}
