package coarsen.testbed;

import coarsen.kafka.KafkaClients;
import org.jspecify.annotations.Nullable;

/**
 * What a generator makes, and where it sends it.
 *
 * @param kafka where the topic is
 * @param topic created if it is not there
 * @param partitions how many the topic gets if it is created; at least 1
 * @param count messages to make, or {@link #ENDLESS}
 * @param perSecond messages a second, more than 0, or {@link #UNTHROTTLED}
 * @param eventTimes event times of the readings; null: the time when each is made
 * @param faults what goes wrong
 * @param seed the same seed makes the same values and the same faults
 */
public record GeneratorSettings(
    KafkaClients kafka,
    String topic,
    int partitions,
    long count,
    double perSecond,
    @Nullable EventTimes eventTimes,
    Faults faults,
    long seed) {
  /** A count that is never reached: the generator goes on until it is closed. */
  public static final long ENDLESS = Long.MAX_VALUE;

  /** As fast as the broker takes them. */
  public static final double UNTHROTTLED = Double.POSITIVE_INFINITY;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the option, what came and what would do
   */
  public GeneratorSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("--partitions=" + partitions + "; it takes 1 or more");
    }
    if (count < 1) {
      throw new IllegalArgumentException("--count=" + count + "; it takes 1 or more");
    }
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "--rate=" + perSecond + "; it takes more than 0 readings a second, or max");
    }
  }
}
