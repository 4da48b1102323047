package coarsen.testbed;

import java.util.SplittableRandom;

/**
 * The values of {@link Shape#WAVE}. A series is computed from its number whenever it is needed, so
 * a million of them take no memory.
 */
final class Waves implements Shape.Values {
  private static final double SPIKE = 30;
  private static final double SPIKE_SHARE = 0.004;

  // Of several series, one in three has spikes: enough to see some in a minute of a demo.
  private static final int SPIKY = 3;
  private static final double SPIKY_SHARE = 0.03;

  // Six series are 20 apart, and few of them leave their part of this range.
  private static final double RANGE = 120;

  // The silences of six series begin 40 s apart, so each minute of a demo has a whole one.
  private static final double FIRST_SILENCE_SECONDS = 15;
  private static final double SILENCE_EVERY_SECONDS = 240;
  private static final double SILENCE_SECONDS = 20;

  private final int series;
  private final SplittableRandom random;
  private final long seed;
  private final int firstSilent;

  Waves(int series, SplittableRandom random) {
    this.series = series;
    this.random = random;
    seed = random.nextLong();
    firstSilent = Math.floorMod(seed, series);
  }

  @Override
  public String next(int number, double seconds) {
    return Double.toString(Math.round(10 * wave(number).next(seconds, random)) / 10.0);
  }

  private Wave wave(int number) {
    if (series == 1) {
      return new Wave(50, 1, 1, 0, 1, SPIKE_SHARE, seed);
    }
    var own = new SplittableRandom(seed + number);
    return new Wave(
        RANGE / series * (number + own.nextDouble(0.4, 0.6)),
        own.nextDouble(0.15, 0.35),
        own.nextDouble(0.6, 1.6),
        own.nextDouble(1_000),
        own.nextDouble(0.2, 0.8),
        number % SPIKY == 1 ? SPIKY_SHARE : 0,
        own.nextLong());
  }

  @Override
  public boolean isSilent(int number, double seconds) {
    if (series == 1) {
      return false;
    }
    // One series after the other, beginning with that of the seed.
    int turn = Math.floorMod(number - firstSilent, series);
    double since = seconds - FIRST_SILENCE_SECONDS - SILENCE_EVERY_SECONDS * turn / series;
    return since >= 0 && since % SILENCE_EVERY_SECONDS < SILENCE_SECONDS;
  }

  /**
   * One series.
   *
   * @param level around which the values are
   * @param size of wave, ripple and steps
   * @param speed of wave, ripple and steps
   * @param ahead seconds by which it is ahead
   * @param noise its size
   * @param spikes share of values with a spike
   * @param steps a bit for each step, up or down
   */
  private record Wave(
      double level,
      double size,
      double speed,
      double ahead,
      double noise,
      double spikes,
      long steps) {
    private static final double SWING = 14;
    private static final double PERIOD_SECONDS = 41;
    private static final double RIPPLE = 5;
    private static final double RIPPLE_SECONDS = 13;
    private static final double NOISE = 3;
    private static final double STEP = 12;
    private static final double STEP_SECONDS = 73;

    double next(double seconds, SplittableRandom random) {
      double at = ahead + speed * seconds;
      double wave =
          level
              + size * SWING * Math.sin(2 * Math.PI * at / PERIOD_SECONDS)
              + size * RIPPLE * Math.sin(2 * Math.PI * at / RIPPLE_SECONDS);
      double step = size * STEP * Long.signum(Long.rotateLeft(steps, (int) (at / STEP_SECONDS)));
      double spike = random.nextDouble() < spikes ? SPIKE : 0;
      return wave + step + spike + noise * NOISE * random.nextGaussian();
    }
  }
}
