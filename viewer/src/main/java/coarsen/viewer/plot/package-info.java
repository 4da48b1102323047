/** Draws pictures into images and files with XChart; needs no display. */
@NullMarked
package coarsen.viewer.plot;

import org.jspecify.annotations.NullMarked;
