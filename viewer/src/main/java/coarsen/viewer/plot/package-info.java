/** Draws pictures with XChart, into images and files; needs no display. */
@NullMarked
package coarsen.viewer.plot;

import org.jspecify.annotations.NullMarked;
