/**
 * Serves a page that draws live data in a browser: the JDK's HTTP server, server-sent events, and
 * scripts that come with the program. It knows neither rows nor pictures: {@link
 * coarsen.viewer.web.LiveData} hands it what to send.
 */
@NullMarked
package coarsen.viewer.web;

import org.jspecify.annotations.NullMarked;
