// Says how the outputs are: the state of each in colour and in words, and what they come to.

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export function showStatus(status, picture, sources, totals, zone) {
  list(sources, status.sources.map(source => [sourceText(source, zone), source.state]));
  list(totals, totalTexts(status, picture).map(text => [text, ""]));
}

function sourceText(source, zone) {
  const since = source.since === null ? "" : " since " + zone.full(source.since).split(" ")[1].slice(0, 8);
  const words = {
    WAITING: "waiting",
    LIVE: "live",
    STALE: "stale" + since,
    GONE: "gone" + since,
  }[source.state];
  return `${source.name} ${words}` + (source.detail === "" ? "" : ": " + source.detail);
}

function totalTexts(status, picture) {
  const raw = status.sources[0];
  const texts = [`${rate(raw.rowsPerSecond)} readings/s`, `${number.format(status.rows)} rows`];
  for (const series of picture?.series ?? []) {
    if (series.readingsPerRow !== null) {
      const of = series.name === "" ? "" : series.name + ": ";
      texts.push(`${of}${small.format(series.readingsPerRow)} readings a row`);
    }
  }
  texts.push(`${number.format(status.badLines)} bad lines`);
  if (status.sources.length > 2) {
    texts.push(`${number.format(status.sources[2].rows)} rejected`);
  }
  if (status.lagMillis !== null) {
    texts.push("lag " + duration(status.lagMillis));
  }
  return texts;
}

function rate(perSecond) {
  return perSecond < 100 ? small.format(perSecond) : number.format(perSecond);
}

function duration(millis) {
  const seconds = millis / 1000;
  const units = [["d", 86_400], ["h", 3_600], ["min", 60]];
  const [unit, length] = units.find(each => Math.abs(seconds) >= 2 * each[1]) ?? ["s", 1];
  return `${(seconds / length).toFixed(1)} ${unit}`;
}

// Text is set as text: names and details come from outside.
function list(host, entries) {
  while (host.children.length > entries.length) {
    host.lastElementChild.remove();
  }
  while (host.children.length < entries.length) {
    host.append(document.createElement("li"));
  }
  entries.forEach(([text, state], i) => {
    const item = host.children[i];
    if (item.textContent !== text) {
      item.textContent = text;
    }
    if (item.className !== state) {
      item.className = state;
    }
  });
}
