package coarsen.viewer.plot;

import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a value axis grow at once and shrink slowly, to half the way in seven seconds: an axis that
 * follows every value makes the eye believe that the values change. For one thread.
 */
public final class Easing implements UnaryOperator<Limits> {
  private static final double NANOS = 10e9;

  private final LongSupplier nanoTime;
  private @Nullable Limits last;
  private long at;

  /**
   * @param nanoTime a clock that only goes forward
   */
  public Easing(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The next limits begin anew. */
  public void forget() {
    last = null;
  }

  @Override
  public Limits apply(Limits wanted) {
    long now = nanoTime.getAsLong();
    Limits before = last;
    Limits eased = wanted;
    if (before != null) {
      double kept = Math.exp((at - now) / NANOS);
      // Weighed apart, for the difference of two doubles may be more than a double holds.
      double low = before.low() * kept + wanted.low() * (1 - kept);
      double high = before.high() * kept + wanted.high() * (1 - kept);
      eased = new Limits(Math.min(wanted.low(), low), Math.max(wanted.high(), high));
    }
    at = now;
    last = eased;
    return eased;
  }
}
