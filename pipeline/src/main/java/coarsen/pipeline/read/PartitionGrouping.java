package coarsen.pipeline.read;

/**
 * How partitions are grouped into sources of an engine. That depends on which watermark an engine
 * takes of those that the splits of a source report.
 */
public enum PartitionGrouping {
  /** One source for all partitions: the engine takes the least watermark. */
  TOGETHER,

  /**
   * One source for all partitions, which are all read in this JVM. The engine takes the greatest
   * watermark, so each split reports the least one of all partitions.
   */
  IN_STEP,

  /** One source for each partition: the engine takes the least of them. */
  APART
}
