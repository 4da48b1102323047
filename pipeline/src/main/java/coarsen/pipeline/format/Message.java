package coarsen.pipeline.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of the source topic, as a parser sees it: only until the next one is read. */
public interface Message {
  /** The Kafka timestamp of a message that has none. */
  long NO_TIMESTAMP = -1;

  /** Whether the message has a value; a tombstone has none. */
  boolean hasValue();

  /** The array that has the value; not to be changed or kept. */
  byte[] bytes();

  /** Where in {@link #bytes} the value begins. */
  int start();

  /** Bytes of the value. */
  int length();

  /** The message's Kafka timestamp, milliseconds since 1970; negative if it has none. */
  long kafkaMillis();

  /**
   * The message's key; null if it has none, or if the format does not {@linkplain
   * InputFormat#readsKeyAndHeaders read keys}.
   */
  byte @Nullable [] key();

  /**
   * The message's headers by name, of several with one name the last; empty if it has none, or if
   * the format does not {@linkplain InputFormat#readsKeyAndHeaders read headers}.
   */
  Map<String, byte[]> headers();
}
