// Drawing a rectangle or a polygon on a map, with a mouse, a finger or a pen.
import L from "leaflet";
import { h } from "./dom";
import { token } from "./theme";

/** Longitude within −180 and 180. */
export function home(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

const rounded = (number: number): number => Math.round(number * 1000) / 1000;

export interface Drawing {
  stop: () => void;
}

/** Have somebody draw a rectangle; `done` gets west, south, east, north, with west > east across 180°. */
export function drawBox(map: L.Map, hint: string, done: (bbox: number[] | null) => void): Drawing {
  let start: L.LatLng | null = null;
  const shape = L.rectangle([[0, 0], [0, 0]], style());
  const end = begin(map, hint, () => finish(null), {
    pointerdown: (at) => {
      start = at;
      shape.setBounds(L.latLngBounds(at, at)).addTo(map);
    },
    pointermove: (at) => start && shape.setBounds(L.latLngBounds(start, at)),
    pointerup: (at) => {
      if (!start) return;
      const bounds = L.latLngBounds(start, at);
      const wide = bounds.getEast() - bounds.getWest();
      if (wide === 0 || bounds.getNorth() === bounds.getSouth()) return finish(null);
      const sides = wide >= 360 ? [-180, 180] : [home(bounds.getWest()), home(bounds.getEast())];
      finish([sides[0] ?? 0, Math.max(bounds.getSouth(), -90), sides[1] ?? 0, Math.min(bounds.getNorth(), 90)].map(rounded));
    },
  });
  function finish(bbox: number[] | null): void {
    end();
    shape.remove();
    done(bbox);
  }
  return { stop: () => finish(null) };
}

/** Have somebody draw a polygon; `done` gets longitude, latitude, … of its corners. */
export function drawPolygon(map: L.Map, hint: string, done: (corners: number[] | null) => void): Drawing {
  const corners: L.LatLng[] = [];
  const shape = L.polygon([], style()).addTo(map);
  const end = begin(map, hint, () => finish(false), {
    pointermove: (at) => corners.length && shape.setLatLngs([...corners, at]),
    pointerup: (at, event) => {
      const last = corners[corners.length - 1];
      const near = last && map.latLngToContainerPoint(last).distanceTo(map.latLngToContainerPoint(at)) < 4;
      if (near && corners.length >= 3) finish(true); // a double click, or a click on the last corner
      else if (!near) corners.push(at);
      shape.setLatLngs(corners);
      event.preventDefault();
    },
    enter: () => finish(corners.length >= 3),
  });
  function finish(whole: boolean): void {
    end();
    shape.remove();
    done(whole ? corners.flatMap((one) => [rounded(one.lng), rounded(Math.max(-90, Math.min(90, one.lat)))]) : null);
  }
  return { stop: () => finish(false) };
}

function style(): L.PathOptions {
  return { color: token("--accent"), weight: 2, fillOpacity: 0.1, interactive: false };
}

type Handlers = Partial<Record<"pointerdown" | "pointermove" | "pointerup", (at: L.LatLng, event: PointerEvent) => unknown>> & { enter?: () => void };

function begin(map: L.Map, hint: string, escape: () => void, handlers: Handlers): () => void {
  const box = map.getContainer();
  const told = h("p", { class: "hint", role: "status" }, hint);
  const stop = new AbortController();
  box.append(told);
  box.classList.add("drawing");
  map.dragging.disable();
  map.doubleClickZoom.disable();
  for (const name of ["pointerdown", "pointermove", "pointerup"] as const) {
    box.addEventListener(
      name,
      (event) => {
        if ((event.target as Element).closest(".leaflet-control")) return;
        handlers[name]?.(map.mouseEventToLatLng(event), event);
      },
      { signal: stop.signal },
    );
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") escape();
      if (event.key === "Enter" && handlers.enter) {
        event.preventDefault();
        handlers.enter();
      }
    },
    { signal: stop.signal },
  );
  return () => {
    stop.abort();
    told.remove();
    box.classList.remove("drawing");
    map.dragging.enable();
    map.doubleClickZoom.enable();
  };
}
