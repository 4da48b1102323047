package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message with a value, a part of an array, and a Kafka timestamp. */
@SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
record TestMessage(byte[] bytes, int start, int length, long kafkaMillis, byte @Nullable [] key)
    implements Message {
  TestMessage(byte[] bytes, int start, int length, long kafkaMillis) {
    this(bytes, start, length, kafkaMillis, null);
  }

  static TestMessage of(String value, long kafkaMillis) {
    byte[] bytes = value.getBytes(UTF_8);
    return new TestMessage(bytes, 0, bytes.length, kafkaMillis);
  }

  TestMessage withKey(byte @Nullable [] otherKey) {
    return new TestMessage(bytes, start, length, kafkaMillis, otherKey);
  }

  @Override
  public boolean hasValue() {
    return true;
  }

  @Override
  public Map<String, byte[]> headers() {
    return Map.of();
  }
}
