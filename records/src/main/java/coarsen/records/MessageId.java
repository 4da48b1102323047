package coarsen.records;

/**
 * Names a message of Kafka.
 *
 * @param topic the topic it was read from
 * @param partition where in the topic
 * @param offset where in the partition
 */
public record MessageId(String topic, int partition, long offset) {}
