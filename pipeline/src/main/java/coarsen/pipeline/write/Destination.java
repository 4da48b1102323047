package coarsen.pipeline.write;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunId;
import java.io.Serializable;
import java.time.Duration;

/**
 * Where one kind of row goes, and how.
 *
 * @param kind {@code raw}, {@code reduced} or {@code rejected}
 * @param location a folder or a topic
 * @param kafka where topics are
 * @param format how rows are written
 * @param rollover how long a file takes rows before it is flushed and becomes visible
 * @param run whose rows they are
 */
public record Destination(
    String kind,
    Location location,
    KafkaClients kafka,
    RowFormat format,
    Duration rollover,
    RunId run)
    implements Serializable {}
