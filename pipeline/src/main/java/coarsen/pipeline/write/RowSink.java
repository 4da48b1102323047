package coarsen.pipeline.write;

import java.time.Duration;

/** Where rows of one kind go to from this JVM; shared by its threads. */
interface RowSink {
  /**
   * Takes rows. They may be kept back for a while.
   *
   * @throws RuntimeException if these or earlier rows could not be written
   */
  void write(RowBuffer rows);

  /**
   * Called when an engine's bundle ends.
   *
   * @throws RuntimeException if earlier rows could not be written
   */
  void endBundle();

  /** How long the sink stays open when nobody in this JVM uses it; zero for not at all. */
  Duration keptUnused();

  /**
   * Writes what was kept back; nothing can be written afterwards.
   *
   * @throws RuntimeException if rows could not be written
   */
  void close();
}
