/**
 * An HTTP server that answers GET and HEAD to those who name this machine, and no one else: for
 * pages, pictures and status.
 */
@NullMarked
package coarsen.http;

import org.jspecify.annotations.NullMarked;
