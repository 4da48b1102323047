// Round steps, ticks and labels for both axes. Times are microseconds since 1970.

const SECOND = 1e6;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TIME_STEPS = [
  ...[1, 10, 100, 1e3, 1e4, 1e5].flatMap(power => [power, 2 * power, 5 * power]),
  ...[1, 2, 5, 10, 15, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR),
  ...[1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap(power => [DAY * power, DAY * 2 * power, DAY * 5 * power]),
];

const PIXELS_PER_TIME = 110;
const PIXELS_PER_VALUE = 45;

// Values closer together than this share of their size are drawn as equal.
const RESOLUTION = 1e-10;

// The difference of two values must be finite, too.
const MAX_VALUE = Number.MAX_VALUE / 4;

// A time zone: its offsets from UTC in seconds, each with the time from which it applies.
export class Zone {
  constructor(name, offsets) {
    this.name = name;
    this.offsets = offsets;
  }

  local(micros) {
    let offset = this.offsets[0][1];
    for (const [from, seconds] of this.offsets) {
      if (from <= micros) {
        offset = seconds;
      }
    }
    return micros + offset * SECOND;
  }

  // Such as 2021-01-23T12:12:55.123456, in the zone.
  text(micros) {
    const local = this.local(Math.floor(micros));
    const second = new Date(Math.floor(local / SECOND) * 1000).toISOString().slice(0, -5);
    return second + "." + String(local - Math.floor(local / SECOND) * SECOND).padStart(6, "0");
  }

  day(micros) {
    return this.text(micros).split("T")[0];
  }

  // The precise time without trailing zeros.
  full(micros) {
    return this.text(micros).replace("T", " ").replace(/\.?0+$/, "");
  }

  label(micros, step) {
    const [day, time] = this.text(micros).split("T");
    if (step >= DAY) {
      return day;
    }
    if (step >= 3 * HOUR) {
      return day.slice(-5) + " " + time.slice(0, 5);
    }
    if (step >= MINUTE) {
      return time.slice(0, 5);
    }
    let digits = 0;
    for (let unit = SECOND; step % unit !== 0; unit /= 10) {
      digits++;
    }
    return digits === 0 ? time.slice(0, 8) : time.slice(0, 9 + digits);
  }

  // Round times within a range, with their labels.
  ticks(from, to, pixels) {
    const max = Math.max(2, Math.floor(pixels / PIXELS_PER_TIME));
    const step = TIME_STEPS.find(each => (to - from) / each <= max) ?? TIME_STEPS.at(-1);
    const shift = this.local(from) - from;
    const ticks = [];
    for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step) {
      ticks.push({ at, label: this.label(at, step) });
    }
    return ticks;
  }
}

// The smallest 1, 2 or 5 times a power of ten that is at least min.
function valueStep(min) {
  const power = 10 ** Math.floor(Math.log10(Math.max(min, 1e-300)));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= min) ?? 10 * power;
}

// Round ends and step of an axis for values from low to high.
export function valueAxis(low, high, pixels) {
  let from = Math.max(low, -MAX_VALUE);
  let to = Math.min(high, MAX_VALUE);
  const size = Math.max(Math.abs(from), Math.abs(to));
  if (to - from <= size * RESOLUTION) {
    const room = size === 0 ? 1 : size / 10;
    from -= room;
    to += room;
  }
  const max = Math.max(2, Math.floor(pixels / PIXELS_PER_VALUE));
  const step = valueStep((to - from) / max);
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step, step };
}

// Round values of an axis, with their labels.
export function valueTicks({ from, to, step }) {
  const ticks = [];
  const first = Math.ceil(from / step - 1e-9);
  for (let i = first; i * step <= to + step * 1e-9; i++) {
    ticks.push({ at: i * step, label: value(i * step) });
  }
  return ticks;
}

// A number with at most 13 significant digits.
export function value(number) {
  const rounded = Number(number.toPrecision(13));
  const magnitude = Math.abs(rounded);
  if (magnitude === 0 || (magnitude >= 1e-5 && magnitude < 1e12)) {
    const plain = String(rounded);
    if (plain.length <= 15) {
      return plain;
    }
  }
  return rounded.toExponential().replace("e+", "e");
}
