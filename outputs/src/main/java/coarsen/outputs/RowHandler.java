package coarsen.outputs;

/** Takes rows as they stand in an output: one line of a file, or one message, as JSON. */
@FunctionalInterface
public interface RowHandler {
  /**
   * Takes one row. The bytes belong to the caller, who uses the array again afterwards.
   *
   * @param length more than 0; without an end of line
   */
  void row(byte[] bytes, int offset, int length);
}
