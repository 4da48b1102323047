package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import java.util.List;
import java.util.Set;

/**
 * What a message says.
 *
 * @param parts in rising order of their index
 * @param certain whether it can't have other parts: it may with invalid UTF-8, of which the
 *     contract does not say where it may be, and near the limits of size
 */
record ReadMessage(List<ReadPart> parts, boolean certain) {
  /** A message that is not a reading as a whole. */
  static ReadMessage rejected(RejectReason reason, boolean certain) {
    return new ReadMessage(List.of(ReadPart.rejected(0, Set.of(reason), certain)), certain);
  }
}
