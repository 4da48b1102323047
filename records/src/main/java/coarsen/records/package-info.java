/**
 * The contract between the pipeline, the viewer and anyone else: raw readings, window summaries and
 * rejected messages, and their JSON. One object a line in files, one a message in topics. Times are
 * in microseconds since 1970-01-01T00:00:00Z here and ISO-8601 in UTC there.
 */
@NullMarked
package coarsen.records;

import org.jspecify.annotations.NullMarked;
