package coarsen.pipeline.format;

import java.io.Serializable;

/** How messages are to be understood. Engines send it to their workers. */
public interface InputFormat extends Serializable {
  /** A new parser, for one thread. */
  MessageParser parser();

  /**
   * Whether parsers look at the key and the headers of messages. Where they do not, neither is
   * copied from Kafka's records.
   */
  default boolean readsKeyAndHeaders() {
    return false;
  }
}
