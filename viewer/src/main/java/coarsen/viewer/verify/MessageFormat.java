package coarsen.viewer.verify;

import org.jspecify.annotations.Nullable;

/** How the messages of the source are to be understood. */
public sealed interface MessageFormat permits JsonMessageFormat, InfluxMessageFormat {
  /** Reads messages a second time, by other means than the pipeline. */
  MessageReader reader();

  /** What names the series; null if readings have none. */
  @Nullable SeriesFormat series();

  /** Whether a message may rightly hold no reading, nor what should be one. */
  boolean mayHoldNothing();
}
