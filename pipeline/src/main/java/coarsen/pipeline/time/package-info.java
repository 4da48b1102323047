/**
 * Event time: where windows begin, how far each partition's watermark is, and which readings are
 * late. Reading and reducing both know this package; it knows neither.
 *
 * <p>{@link coarsen.pipeline.time.PartitionClock} explains how a partition's clock is driven, step
 * by step.
 *
 * <h2>An example</h2>
 *
 * Windows of 5 s, maxOutOfOrder 2 s, allowedLateness 10 s; seconds of one minute.
 *
 * <pre>
 *   restored(none), positioned(offset 0)          watermark: none
 *   polled(deliveredTo 3, position 3)
 *   judge: 10 → in time, 14 → in time, 9 → in time (it is only out of order)
 *   readTo(offset 3)                              greatest event time 14
 *   advance                                       12 = 14 − 2: window [5, 10) closes
 *   answered(end 3)                               nothing waits, so the partition is idle
 *   one second later, answered(end 3), advance    13
 *   after two more such seconds, advance          15: window [10, 15) closes
 *   an hour later, advance                        15: no other window waits to be closed
 *   judge: 8                                      a straggler: [5, 10) ended 5 s ago, within 10 s
 *   judge: 31 → in time, then 8 again             late: 29 is more than 10 s after the end of [5, 10)
 * </pre>
 */
@NullMarked
package coarsen.pipeline.time;

import org.jspecify.annotations.NullMarked;
