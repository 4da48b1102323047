package coarsen.pipeline.format;

/**
 * Reads the readings of one message. Total: whatever the bytes, it finds readings or the reasons
 * why there are none; it never throws and never guesses. For one thread.
 */
public interface MessageParser {
  /**
   * Reads a message that has a value.
   *
   * @return what it holds, until the next message is read. A message that can't be read at all is
   *     one part that is not a reading, at index 0
   */
  ParsedMessage parse(Message message);
}
