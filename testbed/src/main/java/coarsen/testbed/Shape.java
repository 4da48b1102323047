package coarsen.testbed;

import java.util.SplittableRandom;

/** How generated values run over time. */
public enum Shape {
  /** Whole numbers from 0 to 99, evenly distributed: their means are a flat line. */
  UNIFORM {
    @Override
    Values values(SplittableRandom random) {
      return seconds -> Integer.toString(random.nextInt(UNIFORM_VALUES));
    }
  },

  /** A slow wave around 50 with noise, a step now and then, and rare spikes; one decimal. */
  WAVE {
    @Override
    Values values(SplittableRandom random) {
      return new Wave(random)::next;
    }
  };

  private static final int UNIFORM_VALUES = 100;

  /** A sequence of values. */
  interface Values {
    /**
     * The next value as JSON.
     *
     * @param seconds of event time since the first value
     */
    String next(double seconds);
  }

  /** A sequence that depends on the generator's seed alone. */
  abstract Values values(SplittableRandom random);

  private static final class Wave {
    private static final double LEVEL = 50;
    private static final double SWING = 14;
    private static final double PERIOD_SECONDS = 41;
    private static final double RIPPLE = 5;
    private static final double RIPPLE_SECONDS = 13;
    private static final double NOISE = 3;
    private static final double STEP = 12;
    private static final double STEP_SECONDS = 73;
    private static final double SPIKE = 30;
    private static final double SPIKE_SHARE = 0.004;

    private final SplittableRandom random;
    private final long steps;

    Wave(SplittableRandom random) {
      this.random = random;
      steps = random.nextLong();
    }

    String next(double seconds) {
      double wave =
          LEVEL
              + SWING * Math.sin(2 * Math.PI * seconds / PERIOD_SECONDS)
              + RIPPLE * Math.sin(2 * Math.PI * seconds / RIPPLE_SECONDS);
      double step = STEP * Long.signum(Long.rotateLeft(steps, (int) (seconds / STEP_SECONDS)));
      double spike = random.nextDouble() < SPIKE_SHARE ? SPIKE : 0;
      double value = wave + step + spike + NOISE * random.nextGaussian();
      return Double.toString(Math.round(10 * value) / 10.0);
    }
  }
}
