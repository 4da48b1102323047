/** The window: a live picture, controlled by keys and the mouse. */
@NullMarked
package coarsen.viewer.window;

import org.jspecify.annotations.NullMarked;
