/** Coarsen without anything else installed: an embedded Kafka broker and synthetic readings. */
@NullMarked
package coarsen.testbed;

import org.jspecify.annotations.NullMarked;
