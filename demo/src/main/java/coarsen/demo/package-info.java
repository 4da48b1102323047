/** Coarsen without anything else installed: an embedded Kafka broker and synthetic readings. */
@NullMarked
package coarsen.demo;

import org.jspecify.annotations.NullMarked;
