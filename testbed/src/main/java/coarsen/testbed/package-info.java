/** An embedded Kafka broker and synthetic readings, for demonstrations, tests and benchmarks. */
@NullMarked
package coarsen.testbed;

import org.jspecify.annotations.NullMarked;
