package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import java.util.Set;

/**
 * What a message says.
 *
 * @param tsMicros event time; 0 if there are faults
 * @param value finite; 0 if there are faults
 * @param faults why it is not a reading, in no order; empty if it is one
 * @param certain whether nothing else can be right: not with invalid UTF-8, of which the contract
 *     does not say where it may be, nor near the limits of size
 */
record ReadMessage(long tsMicros, double value, Set<RejectReason> faults, boolean certain) {
  static ReadMessage reading(long tsMicros, double value, boolean certain) {
    return new ReadMessage(tsMicros, value, Set.of(), certain);
  }

  static ReadMessage rejected(RejectReason reason, boolean certain) {
    return new ReadMessage(0, 0, Set.of(reason), certain);
  }

  boolean isReading() {
    return faults.isEmpty();
  }
}
