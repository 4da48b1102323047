/**
 * What lives once per run and JVM. Engines create readers, deserializers and DoFns independently of
 * each other; what those of one run share in a JVM, they find in its {@link
 * coarsen.pipeline.scope.RunScope}.
 */
@NullMarked
package coarsen.pipeline.scope;

import org.jspecify.annotations.NullMarked;
