package coarsen.pipeline.inspect;

import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.time.EventTimeRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The options of the rules of event time that fit a sample.
 *
 * @param options those that differ from the defaults
 * @param trial what a run with them makes of the sample
 */
public record RulesChoice(List<String> options, Trial trial) {
  private static final String ANY_FUTURE = "--maxFutureSkew=off";

  /** Steps of {@code --maxOutOfOrder}, in seconds. */
  private static final long[] SECONDS = {
    3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400
  };

  /** Finds the options. */
  static RulesChoice of(TopicSample sample, InputFormat format, InstantSource now) {
    List<String> options = new ArrayList<>();
    Trial trial = Trial.of(sample, format, EventTimeRules.DEFAULT, now);
    if (trial.isMostlyFuture()) {
      options.add(ANY_FUTURE);
      trial = Trial.of(sample, format, EventTimeRules.DEFAULT.withMaxFutureSkew(null), now);
    }
    long disorder = trial.usualDisorder();
    if (disorder > EventTimeRules.micros(EventTimeRules.DEFAULT.maxOutOfOrder())) {
      options.add("--maxOutOfOrder=" + text(disorder));
    }
    return new RulesChoice(List.copyOf(options), trial);
  }

  /**
   * Whether most times would be rejected as from the future, so that nothing is rejected for it.
   */
  boolean allowsFuture() {
    return options.contains(ANY_FUTURE);
  }

  /** The next longer step; beyond the last one, of which windows would wait for days, that. */
  private static String text(long micros) {
    long seconds =
        LongStream.of(SECONDS)
            .filter(step -> Duration.ofSeconds(step).toNanos() / 1_000 >= micros)
            .findFirst()
            .orElse(SECONDS[SECONDS.length - 1]);
    return seconds % 3_600 == 0
        ? seconds / 3_600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
