// Long lists and tables of which only the rows near the screen are in the page. Up, Down, Home, End, Page Up and Page
// Down move between rows; screen readers are told the place of each and how many there are.

export interface Virtual {
  /** There are `count` rows from now on; those that are shown are made anew where `again` is true. */
  update(count: number, again?: boolean): void;
  /** Bring a row on the screen and put the focus in it. */
  focus(index: number): void;
}

interface Options {
  count: number;
  /** Makes the row: an <li> for a list, a <tr> for a <tbody>. */
  row: (index: number) => HTMLElement;
  /** Height of a row in px before it was ever measured. */
  height?: number;
  /** What scrolls; the window where it is left out. */
  scroller?: HTMLElement;
}

const AROUND = 600; // px above and below the screen that are kept ready
const STOP = "a[href], button, input, select, [tabindex='0']";

/** Show rows in `box`, which is an <ol>, a <ul> or a <tbody>. */
export function virtualise(box: HTMLElement, options: Options): Virtual {
  const table = box instanceof HTMLTableSectionElement;
  const shown = new Map<number, HTMLElement>();
  const above = spacer(table);
  const below = spacer(table);
  const guess = options.height ?? 56;
  let heights: number[] = [];
  let waiting = 0;
  box.replaceChildren(above, below);

  function heightOf(index: number): number {
    return heights[index] ?? guess;
  }

  function make(index: number): HTMLElement {
    const row = options.row(index);
    row.dataset.index = String(index);
    if (table) row.setAttribute("aria-rowindex", String(index + 2)); // the head is the first
    else {
      row.setAttribute("aria-posinset", String(index + 1));
      row.setAttribute("aria-setsize", String(options.count));
    }
    return row;
  }

  function draw(): void {
    waiting = 0;
    const scroller = options.scroller?.getBoundingClientRect();
    const top = (scroller?.top ?? 0) - box.getBoundingClientRect().top - AROUND;
    const bottom = top + (scroller?.height ?? innerHeight) + 2 * AROUND;
    let at = 0;
    let first = 0;
    while (first < options.count && at + heightOf(first) < top) at += heightOf(first++);
    let last = first;
    let end = at;
    while (last < options.count && end < bottom) end += heightOf(last++);
    place(first, last, at);
    measure();
    let rest = 0;
    for (let i = last; i < options.count; i++) rest += heightOf(i);
    size(below, rest);
  }

  function place(first: number, last: number, at: number): void {
    const active = document.activeElement;
    for (const [index, row] of shown) {
      if ((index < first || index >= last) && !row.contains(active)) {
        row.remove();
        shown.delete(index);
      }
    }
    let before: Element = above;
    let missing = at;
    for (const index of [...shown.keys()].filter((i) => i < first)) missing -= heightOf(index);
    size(above, Math.max(missing, 0));
    for (const index of [...shown.keys()].filter((i) => i < first).sort((a, b) => a - b)) before = shown.get(index) ?? before;
    for (let index = first; index < last; index++) {
      let row = shown.get(index);
      if (!row) {
        row = make(index);
        shown.set(index, row);
      }
      if (before.nextElementSibling !== row) before.after(row);
      before = row;
    }
  }

  function measure(): void {
    for (const [index, row] of shown) heights[index] = row.getBoundingClientRect().height || heightOf(index);
  }

  function soon(): void {
    waiting ||= requestAnimationFrame(draw);
  }

  function focus(index: number): void {
    const wanted = Math.max(0, Math.min(index, options.count - 1));
    if (options.count === 0) return;
    if (!shown.has(wanted)) {
      let at = 0;
      for (let i = 0; i < wanted; i++) at += heightOf(i);
      if (options.scroller) options.scroller.scrollTop = at;
      else window.scrollTo({ top: box.getBoundingClientRect().top + scrollY + at - innerHeight / 3, behavior: "instant" });
      draw();
    }
    const row = shown.get(wanted);
    const stop = row?.matches(STOP) ? row : row?.querySelector<HTMLElement>(STOP);
    row?.scrollIntoView({ block: "nearest", behavior: "instant" });
    stop?.focus({ preventScroll: true });
  }

  function update(count: number, again = false): void {
    options.count = count;
    if (table) box.closest("table")?.setAttribute("aria-rowcount", String(count + 1));
    if (again) {
      heights = [];
      for (const row of shown.values()) row.remove();
      shown.clear();
    }
    for (const row of shown.values()) if (!table) row.setAttribute("aria-setsize", String(count));
    draw();
  }

  const moves: Record<string, (at: number) => number> = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at) => at + 10,
    PageUp: (at) => at - 10,
    Home: () => 0,
    End: () => options.count - 1,
  };
  box.addEventListener("keydown", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-index]");
    const move = moves[event.key];
    if (!row || !move || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).matches("input, select, textarea")) return;
    event.preventDefault();
    focus(move(Number(row.dataset.index)));
  });
  (options.scroller ?? window).addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", () => {
    heights = [];
    soon();
  });
  update(options.count);
  return { update, focus };
}

function spacer(table: boolean): HTMLElement {
  const made = document.createElement(table ? "tr" : "li");
  made.setAttribute("aria-hidden", "true");
  made.className = "spacer";
  if (table) made.append(document.createElement("td"));
  return made;
}

function size(made: HTMLElement, px: number): void {
  made.hidden = px <= 0;
  made.style.height = `${px}px`;
}
