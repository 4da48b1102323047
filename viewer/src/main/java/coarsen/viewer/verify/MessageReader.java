package coarsen.viewer.verify;

/** Reads messages a second time, by other means than the pipeline. */
interface MessageReader {
  /**
   * Reads a message. Where the pipeline reports the first fault of a part, this collects all.
   *
   * @param nowMillis decides which Kafka timestamps can be true
   */
  ReadMessage read(SourceMessage message, long nowMillis);
}
