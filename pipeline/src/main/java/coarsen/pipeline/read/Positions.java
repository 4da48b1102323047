package coarsen.pipeline.read;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks for positions. After a change of leader a consumer validates its position with the broker,
 * and does not say it before; while the broker is away it would wait for a minute, then throw.
 */
final class Positions {
  private Positions() {}

  /** A consumer's position; empty if it does not become known in time. */
  static OptionalLong find(Consumer<?, ?> consumer, TopicPartition partition, Duration patience) {
    try {
      return OptionalLong.of(consumer.position(partition, patience));
    } catch (TimeoutException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether a consumer's position is known now to be at an offset or behind it. */
  static boolean isAt(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
    return find(consumer, partition, Duration.ZERO).orElse(-1) >= offset;
  }
}
