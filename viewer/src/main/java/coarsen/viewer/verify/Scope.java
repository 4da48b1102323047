package coarsen.viewer.verify;

/**
 * How much the outputs have to hold.
 *
 * @param complete whether the input has ended: then no window is open, and no message of the source
 *     is still to be read
 * @param fromEarliest whether the first run began with the topic's first message; otherwise with
 *     the first one that an output has, in each partition
 */
public record Scope(boolean complete, boolean fromEarliest) {}
