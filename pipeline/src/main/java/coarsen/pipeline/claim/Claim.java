package coarsen.pipeline.claim;

import java.io.IOException;
import java.util.Optional;

/** What keeps other runs from an output. */
interface Claim extends AutoCloseable {
  /**
   * Shows that the run is still there; called every few seconds.
   *
   * @return the run that has taken the output over; this one must end
   * @throws IOException if that can't be shown now
   */
  Optional<Claimant> renew() throws IOException;

  /** Gives the output back. */
  @Override
  void close();
}
