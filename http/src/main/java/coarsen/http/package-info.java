/**
 * A small HTTP server for pages, pictures and status. It answers only GET and HEAD, only requests
 * whose {@code Host} header names this machine or an allowed proxy, and no pages of other sites.
 */
@NullMarked
package coarsen.http;

import org.jspecify.annotations.NullMarked;
