/**
 * Follows outputs as they grow: the files of a folder, the partitions of a topic. {@link
 * coarsen.viewer.tail.Sources} opens them; a {@link coarsen.viewer.tail.Follower} is a thread that
 * reads one.
 */
@NullMarked
package coarsen.viewer.tail;

import org.jspecify.annotations.NullMarked;
