package coarsen.viewer.verify;

import coarsen.records.RejectReason;
import java.util.Set;

/**
 * A reading that a message holds, or what should be one.
 *
 * @param index its place in the message, from 0
 * @param tsMicros event time; 0 if there are faults
 * @param value finite; 0 if there are faults
 * @param faults why it is not a reading, in no order; empty if it is one
 * @param certain whether nothing else can be right
 */
record ReadPart(int index, long tsMicros, double value, Set<RejectReason> faults, boolean certain) {
  static ReadPart reading(int index, long tsMicros, double value, boolean certain) {
    return new ReadPart(index, tsMicros, value, Set.of(), certain);
  }

  static ReadPart rejected(int index, Set<RejectReason> faults, boolean certain) {
    return new ReadPart(index, 0, 0, faults, certain);
  }

  boolean isReading() {
    return faults.isEmpty();
  }
}
