/**
 * Follows outputs as they grow: the files of a folder, the partitions of a topic. {@link
 * coarsen.outputs.Tails} opens them; a {@link coarsen.outputs.Follower} is a thread that reads one.
 */
@NullMarked
package coarsen.outputs;

import org.jspecify.annotations.NullMarked;
