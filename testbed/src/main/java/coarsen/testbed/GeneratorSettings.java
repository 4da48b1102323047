package coarsen.testbed;

import coarsen.kafka.KafkaClients;
import coarsen.kafka.TopicNames;
import org.jspecify.annotations.Nullable;

/**
 * Where a generator sends its messages, how many and how fast, and what is in them.
 *
 * @param target the topic
 * @param pace how many messages, and how fast
 * @param content event times, values and faults
 */
public record GeneratorSettings(Target target, Pace pace, Content content) {
  /** How many devices may send. */
  public static final int MAX_SERIES = 1_000_000;

  /**
   * A topic.
   *
   * @param kafka the broker
   * @param topic created if it does not exist
   * @param partitions for a topic that is created; at least 1
   */
  public record Target(KafkaClients kafka, String topic, int partitions) {
    /**
     * Checks that the topic is not Kafka's own, and the number of partitions.
     *
     * @throws IllegalArgumentException naming the option, its value and what it takes
     */
    public Target {
      TopicNames.refuseInternal("--topic=" + topic, topic);
      if (partitions < 1) {
        throw new IllegalArgumentException("--partitions=" + partitions + "; it takes 1 or more");
      }
    }
  }

  /**
   * What the messages say.
   *
   * @param eventTimes event times of the readings; null for the time each is generated
   * @param faults what goes wrong
   * @param shape how values run over time
   * @param series how many devices send, 1 to 1,000,000. With 1, messages have neither device nor
   *     key. With more, readings have the device's name in the field {@code device}, and all
   *     messages have it as their key; some malformed messages lack only the device, and are
   *     readings to a run that does not ask for it
   * @param seed the same seed gives the same devices, values and faults
   */
  public record Content(
      @Nullable EventTimes eventTimes, Faults faults, Shape shape, int series, long seed) {
    /**
     * Checks the number of series.
     *
     * @throws IllegalArgumentException naming the option, its value and what it takes
     */
    public Content {
      if (series < 1 || series > MAX_SERIES) {
        throw new IllegalArgumentException(
            "--series=" + series + "; it takes 1 to " + MAX_SERIES + " devices");
      }
    }

    /** Evenly distributed values of one series. */
    public Content(@Nullable EventTimes eventTimes, Faults faults, long seed) {
      this(eventTimes, faults, Shape.UNIFORM, 1, seed);
    }
  }
}
