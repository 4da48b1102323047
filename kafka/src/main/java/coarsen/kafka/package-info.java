/**
 * The clients of Kafka that all commands use: {@link coarsen.kafka.KafkaClients} creates them and
 * checks that a broker answers, {@link coarsen.kafka.Topics} finds and creates topics.
 */
@NullMarked
package coarsen.kafka;

import org.jspecify.annotations.NullMarked;
