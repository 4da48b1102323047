package coarsen.viewer.verify;

/** How the messages of the source are to be understood. */
public sealed interface MessageFormat permits JsonMessageFormat, InfluxMessageFormat {
  /** Reads messages a second time, by other means than the pipeline. */
  MessageReader reader();

  /** Whether a message may rightly hold no reading, nor what should be one. */
  boolean mayHoldNothing();
}
