package coarsen.records;

/** Why a row of a window was written. */
public enum Pane {
  /** The window is still open. */
  EARLY,
  /** The watermark passed the window's end. */
  ON_TIME,
  /** A reading arrived after that, within the allowed lateness. */
  LATE
}
