package coarsen.viewer.model;

/** Whether rows arrive from an output. */
public enum OutputState {
  /** No row has arrived yet. */
  WAITING,
  /** Rows arrive. */
  LIVE,
  /** No row has arrived for much longer than usual. */
  STALE,
  /** It could be read before and can't be read now. */
  GONE
}
