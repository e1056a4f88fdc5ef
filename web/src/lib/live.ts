// Following a link or a filter form of a page without leaving it: a part of the page is replaced, the address and the
// focus are kept right, and screen readers are told what is there now.
import { getPage } from "./api";
import { announce, failed } from "./toast";

interface Live {
  /** Selectors of what is replaced; the first is dimmed meanwhile. */
  parts: string[];
  /** Called before anything is replaced; gives what to do after it. */
  before?: () => () => void;
  /** Called whenever something was replaced. */
  ready: () => void;
}

let going: AbortController | null = null;
let shown = location.pathname + location.search;

/** Have links in [data-live] and the form #days work that way. Gives what shows the state of an address. */
export function live(of: Live): (address: string, push?: boolean) => Promise<void> {
  async function show(address: string, push = true): Promise<void> {
    going?.abort();
    const mine = (going = new AbortController());
    const first = (): Element | null => document.querySelector(of.parts[0] ?? "main");
    first()?.setAttribute("aria-busy", "true");
    const focused = mark(document.activeElement);
    try {
      const page = await getPage(address, mine.signal);
      const after = of.before?.();
      for (const part of of.parts) {
        const old = document.querySelector(part);
        const made = page.querySelector(part);
        if (old && made) old.replaceWith(document.adoptNode(made));
      }
      after?.();
      document.title = page.title;
      if (push) history.pushState({}, "", address);
      shown = location.pathname + location.search;
      const find = document.querySelector<HTMLInputElement>("#find");
      if (find && find !== document.activeElement) find.value = new URLSearchParams(location.search).get("q") ?? "";
      of.ready();
      if (focused) document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
      announce(document.querySelector("#count")?.textContent?.replace(/\s+/g, " ").trim() ?? "");
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) failed(error);
    } finally {
      if (going === mine) first()?.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement | SVGAElement>("[data-live] a[href]");
    const address = link?.getAttribute("href");
    if (!address || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void show(address);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.id !== "days") return;
    event.preventDefault();
    void show(formAddress(form));
  });
  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) void show(address, false); // not for a step to another place of the same page
  });
  of.ready();
  return show;
}

/** The address that a GET form asks for, without fields that are empty. */
export function formAddress(form: HTMLFormElement): string {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) wanted.append(name, value);
  const path = new URL(form.action).pathname;
  return wanted.size ? `${path}?${wanted}` : path;
}

/** How the element that has the focus is found again; the heading of what is there now, where it is gone. */
function mark(element: Element | null): string | null {
  const key = element instanceof HTMLElement ? element.dataset.key : undefined;
  if (key) return `[data-key="${CSS.escape(key)}"]`;
  if (element?.id) return `#${CSS.escape(element.id)}`;
  return element?.closest("[data-live]") ? ".chips a, #content" : null;
}
