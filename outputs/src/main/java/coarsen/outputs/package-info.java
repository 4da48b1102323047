/**
 * Reads and names outputs: the files of a folder, the partitions of a topic. {@link
 * coarsen.outputs.Tails} reads one once or opens a {@link coarsen.outputs.Tail} that follows it; a
 * {@link coarsen.outputs.Follower} is the thread that does so. {@link coarsen.outputs.RowFileName}
 * is how writers name their files and readers recognize them.
 */
@NullMarked
package coarsen.outputs;

import org.jspecify.annotations.NullMarked;
