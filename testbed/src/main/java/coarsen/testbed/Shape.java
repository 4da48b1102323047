package coarsen.testbed;

import java.util.SplittableRandom;

/** How generated values run over time. */
public enum Shape {
  /**
   * Whole numbers from 0 to 99, evenly distributed: their means are a flat line. Several series
   * have the same range, and none falls silent.
   */
  UNIFORM {
    @Override
    Values values(int series, SplittableRandom random) {
      return (number, seconds) -> Integer.toString(random.nextInt(UNIFORM_VALUES));
    }
  },

  /**
   * A slow wave around 50 with noise, a step now and then, and rare spikes; one decimal. Several
   * series each have a wave of their own, and fall silent in turn.
   */
  WAVE {
    @Override
    Values values(int series, SplittableRandom random) {
      return new Waves(series, random);
    }
  };

  private static final int UNIFORM_VALUES = 100;

  /** The values of each series. */
  interface Values {
    /**
     * The next value as JSON.
     *
     * @param series the number of the series, the first being 0
     * @param seconds of event time since the first value
     */
    String next(int series, double seconds);

    /** Whether a series has no values at this time; some series always has. */
    default boolean isSilent(int series, double seconds) {
      return false;
    }
  }

  /**
   * Values that depend on the generator's seed alone.
   *
   * @param series how many series there are
   */
  abstract Values values(int series, SplittableRandom random);
}
