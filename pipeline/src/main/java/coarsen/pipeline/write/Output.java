package coarsen.pipeline.write;

import coarsen.command.Location;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Where one kind of row goes, and how.
 *
 * @param kind {@code raw}, {@code reduced} or {@code rejected}
 * @param location a folder or a topic
 * @param runId names the run within a JVM
 * @param run how often the pipeline was restarted on the same outputs
 * @param rollover how long a file takes rows before it becomes visible
 * @param producerConfig settings of Kafka's producer, for topics
 */
public record Output(
    String kind,
    Location location,
    String runId,
    int run,
    Duration rollover,
    Map<String, Object> producerConfig)
    implements Serializable {}
