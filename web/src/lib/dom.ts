// Making and finding elements. Text is always set as text, never as markup.

type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element: `h("a", { href, class: "button", onclick: … }, "text", child)`. null, undefined and false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  fill(made, props, children);
  return made;
}

/** The same for SVG. */
export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(made, props, children);
  return made;
}

function fill(made: Element, props: Props, children: Child[]): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child);
}

/** The first element that fits. Throws where there is none: then template and script do not belong together. */
export function one<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`no element ${selector}`);
  return found;
}

/** Every element that fits. */
export function all<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** What a page hands to its script in `<script type="application/json" id=…>`. */
export function readData<T>(id = "data"): T {
  return JSON.parse(one(`#${id}`).textContent ?? "null") as T;
}

/** The text with U+FFFD for every character that is unseen or turns the direction of a line, as the server does it. */
export function plain(text: string): string {
  return text.replace(/[\v\f\r\x1c-\x1f\x85\u2028\u2029]/g, " ").replace(/(?![\t\n\u00ad])[\p{Cc}\p{Cf}\p{Cs}]/gu, "\ufffd");
}

/** The text on one line, in `most` characters at most. */
export function short(text: string, most = 200): string {
  const start = plain(text.slice(0, 4 * most)).split(/\s+/).filter(Boolean).join(" ");
  return start.length <= most ? start : `${start.slice(0, most - 1).trimEnd()}…`;
}

/** Foreign words, kept from turning what stands around them. */
export function bdi(text: string): HTMLElement {
  return h("bdi", {}, short(text));
}

/** An address that may become a link: only http and https. */
export function webLink(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url.trim()) ? url : null;
}

/** Call `then` when nothing happened for `ms` after the last call. */
export function later<A extends unknown[]>(ms: number, then: (...given: A) => void): (...given: A) => void {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => then(...given), ms);
  };
}
