/**
 * The contract between the pipeline, the viewer and other programs: raw readings, window summaries
 * and rejected messages, and their JSON. Files have one object per line, topics one per message.
 * Times are microseconds since 1970-01-01T00:00:00Z in Java and ISO-8601 in UTC in JSON.
 */
@NullMarked
package coarsen.records;

import org.jspecify.annotations.NullMarked;
