// The map beside the list. It draws what the list shows, and is loaded only when somebody comes near it: on a
// telephone that is below the last place. Nothing is asked of any other site.
const canvas = document.querySelector("[data-map]");
const said = canvas && JSON.parse(document.getElementById("map-data").textContent);
const SIZE = { pin: [32, 36], number: [30, 30], cluster: [36, 36] };
const NEAR = 34; // pixels below which pins would cover each other
const FAR = 11; // the zoom below which names of districts would cover each other
const ROUGH = 8; // the zoom up to which the outlines of countries are fine enough to be seen
const RADIUS = 1200; // metres: the same circle for every district without an outline

let listening = new AbortController();

if (canvas && said) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    load().then(draw);
  }, { rootMargin: "200px" }).observe(canvas);
}

function load() {
  const style = document.createElement("link");
  const script = document.createElement("script");
  Object.assign(style, { rel: "stylesheet", href: canvas.dataset.style });
  script.src = canvas.dataset.script;
  const loaded = [style, script].map((one) => new Promise((resolve) => { one.onload = resolve; }));
  document.head.append(style, script);
  return Promise.all(loaded);
}

function draw() {
  const L = window.L;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, maxZoom: 17,
    zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm,
  });
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", canvas.dataset.label);
  L.control.zoom({
    position: "topright", zoomInTitle: canvas.dataset.zoomIn, zoomOutTitle: canvas.dataset.zoomOut,
  }).addTo(map);
  if (canvas.dataset.tiles) L.tileLayer(canvas.dataset.tiles, { maxNativeZoom: 15 }).addTo(map);
  else behind(L, map);

  const areas = new Map(said.areas.map((one) => [one.district, []]));
  for (const one of said.areas) areas.get(one.district).push(one);
  const everything = L.latLngBounds(said.pins.map((pin) => pin.at));
  for (const code of areas.keys()) {
    const { outline, middle } = said.districts[code];
    everything.extend(outline.length ? outline : L.latLng(middle).toBounds(2 * RADIUS));
  }
  map.fitBounds(everything.pad(0.1), { maxZoom: 14, animate: false });
  for (const [code, district] of Object.entries(said.districts)) {
    if (!areas.has(code) && district.outline.length) {
      L.polygon(district.outline, { className: "map__land", interactive: false }).addTo(map);
      name(L, map, district);
    }
  }
  const marks = said.pins.map((pin) => ({ kind: "pin", at: pin.at, places: [pin], words: label(pin) }));
  for (const [code, places] of areas) {
    const district = said.districts[code];
    const style = { className: "map__area", interactive: false };
    const shape = (district.outline.length
      ? L.polygon(district.outline, style)
      : L.circle(district.middle, { ...style, radius: RADIUS })).addTo(map);
    hatch(shape.getElement(), places[0].accent);
    name(L, map, district);
    const words = `${canvas.dataset.area} ${district.name}. ${places.map(label).join(". ")}`;
    marks.push({ kind: "number", at: district.middle, places, words, shape: shape.getElement() });
  }
  const layer = L.layerGroup().addTo(map);
  map.on("zoomend", () => spread(L, map, layer, marks));
  spread(L, map, layer, marks);
}

// Far out, countries stand behind the places. They are loaded when they are first seen; the map does without them, too.
function behind(L, map) {
  let countries;
  const show = async () => {
    if (map.getZoom() <= ROUGH) countries ??= loadLand(L);
    const drawn = await countries;
    if (!drawn) return;
    if (map.getZoom() <= ROUGH) drawn.addTo(map).bringToBack();
    else drawn.remove();
  };
  map.on("zoomend", show);
  show();
}

async function loadLand(L) {
  try {
    return outlines(L, await (await fetch(canvas.dataset.land)).json());
  } catch {
    return null;
  }
}

// Rings are made of arcs, and each arc of steps from the point before: safespace_map/land.py.
function outlines(L, { scale, arcs, rings }) {
  const lines = arcs.map((steps) => {
    const line = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      line.push([y / scale, x / scale]);
    }
    return line;
  });
  const ring = (numbers) => numbers.flatMap((number) => (number < 0 ? lines[~number].slice().reverse() : lines[number]));
  return L.polygon(rings.map(ring), { className: "map__land map__countries", interactive: false });
}

// Marks that would cover each other are one, with the number of places; a press comes nearer.
function spread(L, map, layer, marks) {
  const groups = [];
  for (const mark of marks) {
    const at = map.project(mark.at);
    const group = groups.find((one) => one.at.distanceTo(at) < NEAR);
    if (group && map.getZoom() < map.getMaxZoom()) group.marks.push(mark);
    else groups.push({ at, marks: [mark] });
  }
  canvas.classList.toggle("is-far", map.getZoom() < FAR);
  layer.clearLayers();
  listening.abort();
  listening = new AbortController();
  for (const { marks: several } of groups) {
    const [first] = several;
    const places = several.flatMap((one) => one.places);
    const numbers = places.map((one) => one.number).join(", ");
    if (several.length === 1) {
      put(L, layer, first, numbers, () => item(places[0])?.querySelector("h3 a").focus());
      continue;
    }
    const cluster = { kind: "cluster", at: first.at, places, words: `${canvas.dataset.several} ${numbers}` };
    put(L, layer, cluster, `${places.length}×`, () => {
      const bounds = L.latLngBounds(several.map((one) => one.at)).pad(0.3);
      const nearer = Math.min(map.getBoundsZoom(bounds), map.getMaxZoom());
      map.setView(bounds.getCenter(), Math.max(map.getZoom() + 1, nearer));
      canvas.focus();
    });
  }
}

function put(L, layer, mark, shown, press) {
  const text = document.createElement("span");
  text.textContent = shown;
  const [width, height] = SIZE[mark.kind];
  const icon = L.divIcon({
    className: `map__${mark.kind}`, html: text, iconSize: [Math.max(width, 12 + 9 * shown.length), height],
    iconAnchor: [Math.max(width, 12 + 9 * shown.length) / 2, mark.kind === "pin" ? height : height / 2],
  });
  const marker = L.marker(mark.at, { icon, keyboard: true, title: mark.words, alt: mark.words, riseOnHover: true });
  marker.on("click", press).addTo(layer);
  const element = marker.getElement();
  element.dataset.city = mark.places[0].accent;
  element.setAttribute("aria-label", mark.words);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
  follow(mark.places, element, mark.shape);
}

function item(place) {
  return document.getElementById(`place-${place.number}`);
}

function label(place) {
  const link = item(place)?.querySelector("h3 a");
  return `${canvas.dataset.place} ${link ? link.textContent.trim() : place.number}`;
}

// What is pointed at in the list is marked on the map, and the other way round.
function follow(places, ...elements) {
  const rows = places.map(item);
  const listen = (one, lit) => {
    const light = (on) => () => lit.forEach((other) => other?.classList.toggle("is-shown", on));
    const until = { signal: listening.signal };
    for (const event of ["mouseenter", "focusin"]) one?.addEventListener(event, light(true), until);
    for (const event of ["mouseleave", "focusout"]) one?.addEventListener(event, light(false), until);
  };
  for (const row of rows) listen(row, elements);
  listen(elements[0], [...rows, ...elements]);
}

function name(L, map, district) {
  const text = document.createElement("span");
  text.textContent = district.name;
  const icon = L.divIcon({ className: "map__name", html: text, iconSize: null, iconAnchor: [0, -18] });
  L.marker(district.middle, { icon, interactive: false, keyboard: false }).addTo(map);
}

// A pattern for each colour: in strokes, so that nobody takes an area for a point.
function hatch(path, accent) {
  const svg = path.ownerSVGElement;
  const id = `map-hatch-${accent || "any"}`;
  path.dataset.city = accent;
  if (!svg.querySelector(`#${id}`)) {
    const make = (tag, attributes, parent) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
      parent.append(one);
      return one;
    };
    const pattern = make("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg);
    pattern.dataset.city = accent;
    make("path", { class: "map__hatch", d: "M0 0V9" }, pattern);
  }
  path.style.fill = `url("#${id}")`;
  path.style.fillOpacity = "1";
}
