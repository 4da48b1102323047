package coarsen.records;

/** Why a row of a window was written. */
public enum Pane {
  /** The window is still open. */
  EARLY,
  /** The watermark passed the window's end. */
  ON_TIME,
  /** A reading came after that and before the allowed lateness was over. */
  LATE
}
