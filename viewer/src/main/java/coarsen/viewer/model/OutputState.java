package coarsen.viewer.model;

/** How an output is that is followed. */
public enum OutputState {
  /** Nothing has come yet. */
  WAITING,
  /** Rows come. */
  LIVE,
  /** No row has come for much longer than usual. */
  STALE,
  /** It was there and is not any more, or whatever holds it does not answer. */
  GONE
}
