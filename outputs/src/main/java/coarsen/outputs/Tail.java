package coarsen.outputs;

/** Follows an output from somewhere near its end or its start, as it grows. For one thread. */
public interface Tail extends AutoCloseable {
  /**
   * Hands on rows that came since the last call; a bounded number of them, so that whoever calls
   * can do something else in between.
   *
   * @return how many rows were handed on; 0 if there was none, and it is time for a pause
   */
  int poll(RowHandler sink);

  /**
   * Whether everything has been handed on that was there when this tail looked: for a topic, at its
   * opening; for a folder, at its last look. An output that does not exist yet is not caught up
   * with.
   */
  boolean caughtUp();

  /**
   * Why there is nothing to read now, for people: the output is not there, or whatever holds it
   * does not answer. Empty if all is well. Reading goes on by itself when it can.
   */
  String missing();

  @Override
  void close();
}
