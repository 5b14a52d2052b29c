// Draws the charts of a page with Observable Plot from the page's own data. Without this script the tables say the same.
import * as Plot from "./vendor/plot.js";

const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const colour = quad => `var(--${quad.replace(" ", "-")})`;
const isConflict = quad => quad.endsWith("conflict");
const start = month => new Date(`${month}-01T00:00:00Z`);
const named = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });
const many = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

function address(list, more) {
  const url = new URL(list, location.href);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

function monthsBetween(first, last) {
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}
function shifted(date, months) {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}
// The months that are shown: at least eight, so that a single one does not fill the chart.
function domain(cells) {
  const days = cells.map(cell => +start(cell.month));
  let [first, last] = [new Date(Math.min(...days)), new Date(Math.max(...days))];
  const missing = 8 - monthsBetween(first, last);
  if (missing > 0) [first, last] = [shifted(first, -Math.floor(missing / 2)), shifted(last, Math.ceil(missing / 2))];
  return [first, shifted(last, 1)];
}
const plain = { fontSize: "12px", fontFamily: "inherit", background: "none" };
const axis = { color: "var(--soft)", tickSize: 0 };
const tip = { fill: "var(--card)", stroke: "var(--rule)", textPadding: 10, fontSize: 12.5, lineHeight: 1.35, pathFilter: "none" };

// Events by month, cooperation up and conflict down.
function months(data, width, list) {
  const cells = data.cells.filter(cell => cell.month);
  if (!cells.length) return null;
  const x = domain(cells);
  const years = monthsBetween(...x) > 200;
  const sums = new Map();
  for (const cell of cells) {
    const period = years ? cell.month.slice(0, 4) : cell.month;
    const key = period + cell.quad;
    const sum = sums.get(key) ?? { period, quad: cell.quad, day: start(years ? `${period}-01` : period), events: 0 };
    sum.events += cell.events;
    sums.set(key, sum);
  }
  const interval = years ? "year" : "month";
  const bars = [...sums.values()];
  const name = bar => years ? bar.period : named.format(bar.day);
  const narrow = width < 500;
  return Plot.plot({
    width, height: narrow ? 230 : 290, marginLeft: 40, marginRight: 4, marginTop: 18, marginBottom: 28, style: plain,
    x: { domain: x, type: "utc" }, color: { domain: QUADS, range: QUADS.map(colour) },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: .8 }),
      Plot.axisY({ ...axis, ticks: 5, tickFormat: value => Math.abs(value).toLocaleString("en"), label: null }),
      Plot.axisX({ ...axis, ticks: narrow ? 4 : 8, label: null }),
      Plot.rectY(bars, {
        x: "day", interval, y: bar => isConflict(bar.quad) ? -bar.events : bar.events, fill: "quad", insetLeft: .5, insetRight: .5,
        order: QUADS, ariaLabel: bar => `${name(bar)}, ${many(bar.events, "event")} of ${bar.quad}`, href: bar => address(list, { since: bar.period, until: bar.period }),
        title: bar => `${name(bar)}\n${many(bar.events, "event")} of ${bar.quad}`, tip: { ...tip, y: undefined, fill: "var(--card)" },
      }),
      Plot.ruleY([0], { stroke: "var(--ink)" }),
    ],
  });
}

// Types of events by month from -10 to +10, with the mean of each month.
function timeline(data, width, list) {
  const cells = data.cells.filter(cell => cell.month);
  if (!cells.length) return null;
  const x = domain(cells);
  const narrow = width < 500;
  const means = new Map();
  for (const cell of cells) {
    const mean = means.get(cell.month) ?? { day: shiftedHalf(cell.month), sum: 0, events: 0 };
    mean.sum += cell.score * cell.events;
    mean.events += cell.events;
    means.set(cell.month, mean);
  }
  const line = [...means.values()].sort((a, b) => a.day - b.day);
  const most = Math.max(...cells.map(cell => cell.events));
  const largest = narrow ? 11 : 16;
  const radius = cell => Math.max(3, largest * Math.sqrt(cell.events / Math.max(most, 6)));
  const spread = placed(cells, radius, x, width, narrow ? 320 : 400);
  const contested = spread.filter(cell => cell.contested);
  const told = cell => `${cell.type}, ${named.format(start(cell.month))}\n${many(cell.events, "event")}, score ${cell.score > 0 ? "+" : ""}${cell.score}` +
    (cell.contested ? `\n${cell.contested} denied by somebody` : "");
  const at = { x: "at", y: "score" };
  return Plot.plot({
    width, height: narrow ? 320 : 400, marginLeft: 34, marginRight: 12, marginTop: 22, marginBottom: 28, style: plain,
    x: { domain: x, type: "utc" }, y: { domain: [-10.8, 10.8] }, r: { type: "identity" },
    marks: [
      Plot.gridY([-10, -5, 5, 10], { stroke: "var(--rule)", strokeOpacity: .8 }),
      Plot.axisY([-10, -5, 0, 5, 10], { ...axis, tickFormat: value => value > 0 ? `+${value}` : `${value}`.replace("-", "−"), label: null }),
      Plot.axisX({ ...axis, ticks: narrow ? 4 : 8, label: null }),
      Plot.ruleY([0], { stroke: "var(--soft)" }),
      Plot.text(["cooperation ↑"], { frameAnchor: "top-left", dx: 4, dy: -14, fill: "var(--soft)" }),
      Plot.text(["conflict ↓"], { frameAnchor: "bottom-left", dx: 4, dy: -18, fill: "var(--soft)" }),
      line.length > 1 ? Plot.line(line, { x: "day", y: mean => mean.sum / mean.events, stroke: "var(--soft)", strokeWidth: 1.25, strokeOpacity: .7, curve: "monotone-x" }) : null,
      Plot.dot(spread, { ...at, r: radius, fill: cell => colour(cell.quad), fillOpacity: .82, stroke: "var(--paper)", strokeWidth: .75,
        href: cell => address(list, { type: cell.type, since: cell.month, until: cell.month }), ariaLabel: cell => told(cell).replaceAll("\n", ", "), className: "dots" }),
      Plot.dot(contested, { ...at, r: cell => radius(cell) + 3, fill: "none", stroke: "var(--no)", strokeWidth: 1.75, pointerEvents: "none" }),
      Plot.tip(spread, Plot.pointer({ ...at, title: told, ...tip })),
    ],
  });
}
const shiftedHalf = month => new Date(+start(month) + 14.5 * 864e5);

// Dots of one month that would hide each other stand side by side.
function placed(cells, radius, [first, last], width, height) {
  const day = (last - first) / (width - 46);
  const done = [];
  const unit = (height - 50) / 21.6;
  for (const cell of [...cells].sort((a, b) => a.month < b.month ? -1 : a.month > b.month ? 1 : b.events - a.events)) {
    const middle = +shiftedHalf(cell.month);
    const near = done.slice(-60);  // in the order of months, so only the last can be in the way
    const free = at => near.every(other => {
      const dx = (other.at - at) / day, dy = (other.score - cell.score) * unit;
      return dx * dx + dy * dy >= (.8 * (radius(other) + radius(cell))) ** 2;
    });
    let at = middle;
    for (let step = 1; step < 24 && !free(at); step++) at = middle + (step % 2 ? 1 : -1) * Math.ceil(step / 2) * 4 * day;
    done.push({ ...cell, at: new Date(at) });
  }
  return done;
}

// Where events were: dots for settled places, tints for countries.
async function map(data, width, list, figure) {
  const world = await loaded(figure.dataset.world);
  const land = Plot.feature(world, world.objects.countries);
  land.features = land.features.filter(country => country.id !== "ATA");
  const dots = data.spots.filter(spot => spot.latitude !== null);
  const counts = new Map(data.spots.filter(spot => spot.latitude === null).map(spot => [spot.country, spot]));
  const most = Math.max(1, ...dots.map(spot => spot.events));
  const tints = Math.max(1, ...[...counts.values()].map(spot => spot.events));
  const told = spot => `${spot.name}${spot.country ? `, ${spot.country}` : ""}\n${many(spot.events, "event")}, ${spot.conflict.toLocaleString("en")} of conflict` +
    (spot.contested ? `\n${spot.contested} denied by somebody` : "");
  const place = spot => address("/events", { ...data.asked, place: spot.latitude === null ? spot.country : `${spot.latitude},${spot.longitude}` });
  const sort = spot => spot.conflict * 2 > spot.events ? "var(--material-conflict)" : "var(--verbal-cooperation)";
  const largest = width < 500 ? 10 : 18;
  const ordered = [...dots].sort((a, b) => b.events - a.events);
  return Plot.plot({
    width, height: width * .45, margin: 2, style: plain, projection: { type: "equal-earth", domain: land }, r: { type: "identity" },
    marks: [
      Plot.geo(land, {
        fill: country => counts.has(country.id) ? sort(counts.get(country.id)) : "var(--ink)",
        fillOpacity: country => counts.has(country.id) ? .22 + .4 * Math.sqrt(counts.get(country.id).events / tints) : .09,
        stroke: "var(--paper)", strokeWidth: .6, title: country => counts.has(country.id) ? told(counts.get(country.id)) : null,
        ariaLabel: country => counts.has(country.id) ? told(counts.get(country.id)).replaceAll("\n", ", ") : null,
        href: country => counts.has(country.id) ? place(counts.get(country.id)) : null,
      }),
      Plot.dot(ordered, {
        x: "longitude", y: "latitude", r: spot => Math.max(3, largest * Math.sqrt(spot.events / Math.max(most, 4))),
        fill: sort, fillOpacity: .75,
        stroke: "var(--paper)", strokeWidth: .75, href: place, ariaLabel: spot => told(spot).replaceAll("\n", ", "),
      }),
      Plot.tip(ordered, Plot.pointer({ x: "longitude", y: "latitude", title: told, ...tip })),
    ],
  });
}

const kept = new Map();
function loaded(source) {
  if (!kept.has(source)) kept.set(source, fetch(source).then(answer => answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))));
  return kept.get(source);
}

// One stop for the tabulator in each chart; the arrows lead on from there.
function stops(figure) {
  const links = [...figure.querySelectorAll("svg a")];
  for (const link of links) {  // a name for those who cannot see where it stands
    const named = link.querySelector("[aria-label]"), title = link.querySelector("title");
    link.setAttribute("aria-label", named?.getAttribute("aria-label") ?? title?.textContent.replaceAll("\n", ", ") ?? "events");
  }
  for (const part of figure.querySelectorAll("svg [aria-label]:not(a)")) part.removeAttribute("aria-label");
  figure.querySelector("svg").setAttribute("role", "group");
  figure.querySelector("svg").setAttribute("aria-label", figure.dataset.label);
  links.forEach((link, index) => link.setAttribute("tabindex", index ? "-1" : "0"));
  figure.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = links[links.indexOf(document.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    document.activeElement.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
}

const draw = { months, timeline, map };
for (const figure of document.querySelectorAll("figure[data-chart]")) {
  let width = 0;
  const render = async () => {
    const now = Math.floor(figure.clientWidth);
    if (!now || now === width) return;
    width = now;
    const data = await loaded(figure.dataset.src);
    const chart = await draw[figure.dataset.chart](data, now, figure.dataset.list, figure);
    if (now !== width) return;
    chart?.querySelectorAll("g[aria-label=tip], g[aria-label=rule]").forEach(part => part.setAttribute("aria-hidden", "true"));
    if (chart) { figure.replaceChildren(chart); stops(figure); } else figure.remove();
  };
  new ResizeObserver(() => render().catch(() => figure.remove())).observe(figure);
}
