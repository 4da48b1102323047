// Turns a density into rectangles to fill, for the screen and for saved files alike.

const MIN_WIDTH = 1;
const MIN_HEIGHT = 2;
const LONE = 4; // Cells with nothing around them are at least so wide and high, or they would be overlooked.

// Cells may begin at the upper end of the value axis, so they need this room above it.
export const ROOM_ABOVE = 8;

// Lists of [left, top, width, height] in whole pixels, by shade, from light to dark: in this order
// the darkest stays visible where several cells share a pixel.
// x(at) and y(value) are places in pixels, of which a pixel of the picture has scale.
export function cells(density, x, y, scale = 1) {
  const { start, column, low, height, rows, shades } = density;
  const at = (i, row) => Number.parseInt(shades[i]?.[row - rows[i]] ?? "0", 16);
  const found = [];
  shades.forEach((each, i) => {
    const left = Math.floor(x(start + i * column));
    const width = Math.floor(x(start + (i + 1) * column)) - left;
    for (let row = rows[i]; row < rows[i] + each.length; row++) {
      const shade = at(i, row);
      if (shade > 0) {
        const top = Math.floor(y(low + (row + 1) * height));
        const bottom = Math.floor(y(low + row * height));
        const isLone = !isAnyAround(i, row, at);
        found[shade] ??= [];
        found[shade].push([
          left,
          top,
          Math.max((isLone ? LONE : MIN_WIDTH) * scale, width),
          Math.max((isLone ? LONE : MIN_HEIGHT) * scale, bottom - top),
        ]);
      }
    }
  });
  return found;
}

function isAnyAround(i, row, at) {
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      if ((dx !== 0 || dy !== 0) && at(i + dx, row + dy) > 0) {
        return true;
      }
    }
  }
  return false;
}
