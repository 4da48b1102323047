/**
 * How a message becomes readings. A new format is an {@link coarsen.pipeline.format.InputFormat}
 * and its {@link coarsen.pipeline.format.MessageParser}; nothing here knows Kafka or Beam.
 */
@NullMarked
package coarsen.pipeline.format;

import org.jspecify.annotations.NullMarked;
