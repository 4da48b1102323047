package coarsen.pipeline.scope;

import java.io.Serializable;

/**
 * Names a run.
 *
 * @param job unique in the world; finds the run's {@link RunScope} in each JVM
 * @param number how often the pipeline was restarted on the same outputs; stands in its rows
 */
public record RunId(String job, int number) implements Serializable {}
