package coarsen.pipeline.read;

/**
 * How partitions become sources of an engine: by which watermark it takes of those that the splits
 * of a source tell.
 */
public enum Sources {
  /** One for all partitions: the engine takes the least. */
  ONE,

  /**
   * One for all partitions, which are all read in this JVM. The engine takes the greatest, so each
   * split tells the least of all partitions.
   */
  ONE_IN_STEP,

  /** One for each partition: the engine takes the greatest within a source, the least of many. */
  ONE_A_PARTITION
}
