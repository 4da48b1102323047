package coarsen.pipeline.write;

import coarsen.outputs.Location;

/** Rows could not be written. The message names the output and says why, for the user. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputException(Location output, Throwable cause) {
    super("can't write rows to " + output + ": " + cause.getMessage(), cause);
  }
}
