package coarsen.pipeline.claim;

import coarsen.command.CommandException;
import java.io.IOException;
import java.util.Optional;

/** What keeps other runs from an output. All methods are called by one thread at a time. */
interface Claim extends AutoCloseable {
  /**
   * Makes sure that no other run has claimed the output at the same time; called again until it
   * returns true. No row may be written before.
   *
   * @throws CommandException if another run was first
   * @throws IOException if the output can't be read
   */
  boolean confirm() throws IOException;

  /**
   * Shows that the run is still there; called every few seconds.
   *
   * @return the run that has taken the output over; this one must end
   * @throws IOException if that can't be shown now
   */
  Optional<Claimant> renew() throws IOException;

  /** Gives the output back; never throws. */
  @Override
  void close();
}
