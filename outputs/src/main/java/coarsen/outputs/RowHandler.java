package coarsen.outputs;

/** Receives the rows of an output: each is one line of a file, or one message, as JSON. */
@FunctionalInterface
public interface RowHandler {
  /**
   * Receives one row. The array belongs to the caller, who reuses it afterwards.
   *
   * @param length more than 0; without an end of line
   */
  void row(byte[] bytes, int offset, int length);
}
