package coarsen.pipeline.batch;

import java.util.Arrays;

/**
 * The steps in which it is counted how far readings come behind the greatest event time of their
 * partition: ten to a decade (Renard's R10 series), from 1 ms to some 12 days.
 */
public final class DisorderSteps {
  private static final double[] DECADE = {1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};
  private static final int DECADES = 9;
  private static final long[] STEPS_MICROS = steps();

  private DisorderSteps() {}

  /** How many steps there are. */
  public static int count() {
    return STEPS_MICROS.length;
  }

  /** The step of a distance in microseconds: the least one that the distance does not exceed. */
  public static int of(long micros) {
    int step = Arrays.binarySearch(STEPS_MICROS, micros);
    return Math.min(step < 0 ? -step - 1 : step, STEPS_MICROS.length - 1);
  }

  /** The distance in microseconds at which a step ends. */
  public static long micros(int step) {
    return STEPS_MICROS[step];
  }

  private static long[] steps() {
    long[] steps = new long[DECADE.length * DECADES];
    double scale = 1_000;
    for (int decade = 0; decade < DECADES; decade++, scale *= 10) {
      for (int i = 0; i < DECADE.length; i++) {
        steps[decade * DECADE.length + i] = Math.round(DECADE[i] * scale);
      }
    }
    return steps;
  }
}
