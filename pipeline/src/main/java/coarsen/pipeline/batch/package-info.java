/**
 * The pipeline's element: many readings of one partition in columns, so that Beam's price for an
 * element is paid once for thousands of readings.
 */
@NullMarked
package coarsen.pipeline.batch;

import org.jspecify.annotations.NullMarked;
