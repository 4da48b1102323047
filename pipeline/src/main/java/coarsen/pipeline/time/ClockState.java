package coarsen.pipeline.time;

import java.util.OptionalLong;

/**
 * A snapshot of a partition's clock, for the log.
 *
 * @param watermark microseconds since 1970
 * @param hasReadings whether the partition has had a reading in this run
 * @param followsOthers whether its watermark is that of others
 * @param idleFor how long it has been idle, in microseconds
 * @param backlog records that wait in the broker; empty while the broker does not answer
 */
record ClockState(
    long watermark,
    boolean hasReadings,
    boolean followsOthers,
    long idleFor,
    OptionalLong backlog) {}
