package coarsen.pipeline.write;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import java.io.Serializable;
import java.time.Duration;

/**
 * Where one kind of row goes, and how.
 *
 * @param kind {@code raw}, {@code reduced} or {@code rejected}
 * @param location a folder or a topic
 * @param runId names the run within a JVM
 * @param run how often the pipeline was restarted on the same outputs
 * @param rollover how long a file takes rows before it becomes visible
 * @param kafka where topics are
 */
public record Output(
    String kind, Location location, String runId, int run, Duration rollover, KafkaClients kafka)
    implements Serializable {}
