/**
 * A small HTTP server for pages, pictures and status. It answers only GET and HEAD, and only
 * requests whose {@code Host} header names this machine.
 */
@NullMarked
package coarsen.http;

import org.jspecify.annotations.NullMarked;
