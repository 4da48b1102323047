package coarsen.outputs;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes messages of a topic, which may have no value. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Takes one message.
   *
   * @return whether it is to be counted
   */
  boolean message(ConsumerRecord<byte[], byte[]> message);
}
