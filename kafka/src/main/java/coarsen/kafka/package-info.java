/**
 * The clients of Kafka that all commands use: {@link coarsen.kafka.KafkaClients} makes them and
 * asks whether a broker is there, {@link coarsen.kafka.Topics} finds and creates topics.
 */
@NullMarked
package coarsen.kafka;

import org.jspecify.annotations.NullMarked;
