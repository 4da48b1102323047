package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message with a value, a part of an array, and a Kafka timestamp. */
@SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
record TestMessage(byte[] bytes, int start, int length, long kafkaMillis) implements Message {
  static TestMessage of(String value, long kafkaMillis) {
    byte[] bytes = value.getBytes(UTF_8);
    return new TestMessage(bytes, 0, bytes.length, kafkaMillis);
  }

  @Override
  public boolean hasValue() {
    return true;
  }

  @Override
  public byte @Nullable [] key() {
    return null;
  }

  @Override
  public Map<String, byte[]> headers() {
    return Map.of();
  }
}
