/**
 * What {@code ./coarsen inspect} and {@code run --check} find out about a topic: {@link
 * coarsen.pipeline.inspect.TopicSample} reads its newest messages, {@link
 * coarsen.pipeline.inspect.Inspection} finds the options that fit them, {@link
 * coarsen.pipeline.inspect.Trial} says what a run would make of them. Nothing here writes anything.
 */
@NullMarked
package coarsen.pipeline.inspect;

import org.jspecify.annotations.NullMarked;
