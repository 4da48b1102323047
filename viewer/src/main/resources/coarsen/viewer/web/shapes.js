// Turns series into shapes in times and values, for the screen and for saved files alike.
// A polyline is a list of [time, value].

export function shapes(series, withBand) {
  const { originals, means } = series;
  return {
    label: series.label,
    colour: series.colour,
    originals: polylines(originals.at, originals.values, originals.gaps),
    lone: originals.lone.map(i => [originals.at[i], originals.values[i]]),
    density: series.density,
    means: polylines(means.at, means.avg, means.gaps),
    dots: means.at.map((at, i) => ({ at, value: means.avg[i], open: means.pane[i] === "EARLY" })),
    band: withBand ? bands(means) : [],
  };
}

function polylines(at, values, gaps) {
  return runs(at.length, gaps).map(([from, to]) => {
    const line = [];
    for (let i = from; i < to; i++) {
      line.push([at[i], values[i]]);
    }
    return line;
  });
}

// Areas from the minimum to the maximum of each window, over its time. Neighbours form one area,
// or a seam would show between them.
function bands(means) {
  return runs(means.at.length, means.gaps).map(([from, to]) => {
    const upper = [];
    const lower = [];
    for (let i = from; i < to; i++) {
      const start = Math.min(i === from ? means.start[i] : means.at[i - 1], means.at[i]);
      upper.push([start, means.high[i]], [means.at[i], means.high[i]]);
      lower.push([start, means.low[i]], [means.at[i], means.low[i]]);
    }
    return upper.concat(lower.reverse());
  });
}

function runs(length, gaps) {
  const ends = [...gaps, length];
  let from = 0;
  const found = [];
  for (const end of ends) {
    if (end > from) {
      found.push([from, end]);
    }
    from = end;
  }
  return found;
}

// The smallest and the largest visible value; null if there is none.
export function limits(picture, withBand, isHidden) {
  const [from, to] = picture.range;
  let low = Infinity;
  let high = -Infinity;
  const include = (at, min, max) => {
    if (from <= at && at <= to) {
      low = Math.min(low, min);
      high = Math.max(high, max);
    }
  };
  for (const { name, originals, means } of picture.series) {
    if (!isHidden(name, "originals")) {
      originals.at.forEach((at, i) => include(at, originals.values[i], originals.values[i]));
    }
    if (!isHidden(name, "means")) {
      const lows = withBand ? means.low : means.avg;
      const highs = withBand ? means.high : means.avg;
      means.at.forEach((at, i) => include(at, lows[i], highs[i]));
    }
  }
  return low > high ? null : { low, high };
}
