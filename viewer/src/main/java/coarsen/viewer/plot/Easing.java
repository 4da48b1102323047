package coarsen.viewer.plot;

import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a value axis grow at once and shrink slowly, by half in seven seconds; if it followed every
 * value, constant values would seem to move. Not thread-safe.
 */
public final class Easing implements UnaryOperator<Limits> {
  private static final double DECAY_NANOS = 10e9;

  private final @Nullable LongSupplier nanoTime;
  private @Nullable Limits last;
  private long at;

  /**
   * @param nanoTime a monotonic clock
   */
  public Easing(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private Easing() {
    this.nanoTime = null;
  }

  /** Uses all limits as they are. */
  static Easing none() {
    return new Easing();
  }

  /** Uses the next limits as they are. */
  public void forget() {
    last = null;
  }

  @Override
  public Limits apply(Limits wanted) {
    if (nanoTime == null) {
      return wanted;
    }
    long now = nanoTime.getAsLong();
    Limits before = last;
    Limits eased = wanted;
    if (before != null) {
      double kept = Math.exp((at - now) / DECAY_NANOS);
      // Weighted separately, as the difference of two doubles can overflow.
      double low = before.low() * kept + wanted.low() * (1 - kept);
      double high = before.high() * kept + wanted.high() * (1 - kept);
      eased = new Limits(Math.min(wanted.low(), low), Math.max(wanted.high(), high));
    }
    at = now;
    last = eased;
    return eased;
  }
}
