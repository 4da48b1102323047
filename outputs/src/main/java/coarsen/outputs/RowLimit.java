package coarsen.outputs;

/** The limit that those who write rows and those who read them share. */
public final class RowLimit {
  /**
   * Most bytes of a row without its end of line. It is also what Kafka's producers send by default.
   * A rejected row has at most some 95 KB; a reduced one of 100 partitions has some 10 KB.
   */
  public static final int MAX_BYTES = 1 << 20;

  private RowLimit() {}
}
