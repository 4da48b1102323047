package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventTime;
import java.util.concurrent.TimeUnit;

/**
 * Recognizes event times that were read in too short a unit: seconds of today, read as
 * milliseconds, are in January 1970.
 */
final class UnitCheck {
  private static final long YEAR = TimeUnit.DAYS.toMicros(365);
  private static final long EARLIEST = EventTime.parse("1990-01-01T00:00:00Z");
  private static final long STEP = 1_000;
  private static final long LONGEST = STEP * STEP * STEP;

  private UnitCheck() {}

  /**
   * How many times as long the unit must be that makes event times in 1970 fit a Kafka timestamp
   * decades later; 0 if the batch is not like that. Looks at three readings, whatever the size.
   *
   * @param kafkaTime of one of its messages, microseconds since 1970; less if none is known
   */
  static long factor(ReadingBatch batch, long kafkaTime) {
    int size = batch.size();
    if (size == 0) {
      return 0;
    }
    long factor = factor(batch.tsMicros(0), kafkaTime);
    return factor == factor(batch.tsMicros(size / 2), kafkaTime)
            && factor == factor(batch.tsMicros(size - 1), kafkaTime)
        ? factor
        : 0;
  }

  private static long factor(long eventTime, long kafkaTime) {
    if (eventTime <= 0 || eventTime >= YEAR) {
      return 0;
    }
    // From 1990 to now is a factor of 3 and not of 1,000, so at most one unit fits.
    for (long factor = STEP; factor <= LONGEST && eventTime <= kafkaTime / factor; factor *= STEP) {
      if (eventTime * factor >= EARLIEST) {
        return factor;
      }
    }
    return 0;
  }
}
