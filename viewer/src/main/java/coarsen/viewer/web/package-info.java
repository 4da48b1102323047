/**
 * Serves a page that draws live data in a browser, with the JDK's HTTP server, server-sent events
 * and scripts that come with the program. The server knows neither rows nor pictures; {@link
 * coarsen.viewer.web.LiveData} provides what it sends.
 */
@NullMarked
package coarsen.viewer.web;

import org.jspecify.annotations.NullMarked;
