package coarsen.outputs;

/** Counts the rows that it passes on. */
final class CountingRows implements RowHandler {
  private final RowHandler handler;
  private int count;

  CountingRows(RowHandler handler) {
    this.handler = handler;
  }

  @Override
  public void row(byte[] bytes, int offset, int length) {
    count++;
    handler.row(bytes, offset, length);
  }

  int count() {
    return count;
  }
}
