// The marks of quad classes and of statuses, as templates/parts/marks.html.j2 makes them.
import { h, svg } from "./dom";
import { quadName, statusName } from "./words";

/** The outlines of the four quad classes in a box of 16 by 16. */
export const SHAPES: Record<number, string> = {
  1: "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
  2: "M3 3h10v10H3z",
  3: "M8 2.5 14 13H2z",
  4: "M8 1.5 14.5 8 8 14.5 1.5 8z",
};

/** The shape of a quad class, filled, outlined, dotted or struck as the status says. */
export function quadMark(quad: number, status = "happened", words = true): SVGElement {
  const says = words ? { role: "img", "aria-label": quadName(quad) } : { "aria-hidden": "true" };
  return svg(
    "svg",
    { class: `mark q${quad} s-${status}`, viewBox: "0 0 16 16", ...says },
    svg("path", { class: "shape", d: SHAPES[quad] ?? SHAPES[1] }),
    status === "negated" && svg("path", { class: "strike", d: "M1 15 15 1" }),
  );
}

/** A status in words with its line. */
export function statusBadge(status: string): HTMLElement {
  return h("span", { class: `status s-${status}` }, statusName(status));
}
