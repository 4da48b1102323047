package coarsen.outputs;

/**
 * Follows an output as it grows, from its start or from a backlog before its end. For one thread.
 */
public interface Tail extends AutoCloseable {
  /**
   * Passes on rows that were added since the last call. Their number is bounded, so that the caller
   * can do something else in between.
   *
   * @return how many rows were passed on; after 0 the caller should pause
   */
  int poll(RowHandler handler);

  /**
   * Why nothing can be read now, for people: the output does not exist, or its broker or file
   * system does not answer. Empty if all is well. Reading resumes by itself.
   */
  String missing();

  @Override
  void close();
}
