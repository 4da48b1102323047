package coarsen.pipeline.format;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How messages are to be understood. Engines send it to their workers. */
public interface InputFormat extends Serializable {
  /** A new parser, for one thread. */
  MessageParser parser();

  /** What names the series of readings; null where they have none. */
  @Nullable SeriesFields series();

  /**
   * Whether parsers look at the key and the headers of messages. Where they do not, neither is
   * copied from Kafka's records.
   */
  default boolean readsKeyAndHeaders() {
    return false;
  }
}
