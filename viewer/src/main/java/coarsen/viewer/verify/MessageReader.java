package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/** Reads messages a second time, by other means than the pipeline. */
interface MessageReader {
  /** Longer messages are not read, whatever their format. */
  int MAX_BYTES = 1 << 20;

  /**
   * Reads a message. Where the pipeline reports the first fault of a part, this collects all.
   *
   * @param nowMillis decides which Kafka timestamps can be true
   */
  default ReadMessage read(SourceMessage message, long nowMillis) {
    byte[] value = message.value();
    if (value == null) {
      return ReadMessage.rejected(RejectReason.NO_VALUE, true);
    }
    return value.length > MAX_BYTES
        ? ReadMessage.rejected(RejectReason.TOO_LARGE, true)
        : read(value, message.key(), ReadPart.kafkaTime(message, nowMillis));
  }

  /** Reads the value of a message that is not too long, whose Kafka timestamp is known. */
  ReadMessage read(byte[] value, byte @Nullable [] key, ReadPart kafkaTime);
}
