package coarsen.pipeline.inspect;

import java.util.List;

/**
 * A field that could be the event time.
 *
 * @param name as options write it
 * @param options that read it, beside its name
 * @param shape for people, such as {@code number of seconds}
 * @param rank the lower, the more likely
 * @param distanceMicros from the Kafka timestamps, the median
 */
public record TimeField(
    String name, List<String> options, String shape, int rank, long distanceMicros) {}
