package coarsen.outputs;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Receives messages of a topic, also those without a value. */
@FunctionalInterface
public interface MessageHandler {
  /** Receives one message. */
  void message(ConsumerRecord<byte[], byte[]> message);

  /** Passes on the values of messages as rows; a message without a value is not a row. */
  static MessageHandler ofRows(RowHandler handler) {
    return message -> {
      byte[] row = message.value();
      if (row != null && row.length > 0) {
        handler.row(row, 0, row.length);
      }
    };
  }
}
