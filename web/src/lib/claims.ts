// Words of a text and the fields that rest on them: pointing at one lights the other; keys go from claim to claim.
import { all } from "./dom";
import type { Whole } from "./portions";

/** Light what belongs together while the pointer or the focus is on one of it. near: called with the ids of
 * the claims whose words those are. Gives what tells of further elements. */
export function lightTogether(root: ParentNode, near?: (claims: string[]) => void): (added: ParentNode) => void {
  const byKey = new Map<string, Set<HTMLElement>>();
  let from: HTMLElement | null = null;
  let lit: HTMLElement[] = [];
  const add = (added: ParentNode): void => {
    for (const element of all<HTMLElement>("[data-k]", added)) {
      for (const key of keysOf(element)) byKey.set(key, (byKey.get(key) ?? new Set()).add(element));
    }
    show();
  };
  const show = (): void => {
    for (const element of lit) element.classList.remove("lit");
    lit = from ? keysOf(from).flatMap((key) => [...(byKey.get(key) ?? [])]) : [];
    for (const element of lit) element.classList.add("lit");
  };
  const light = (target: EventTarget | null): void => {
    from = target instanceof Element ? target.closest<HTMLElement>("[data-k]") : null;
    show();
    if (from) near?.(keysOf(from).map((key) => key.slice(0, key.lastIndexOf("-"))));
  };
  add(root);
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  return add;
}

const keysOf = (element: HTMLElement): string[] => (element.dataset.k ?? "").split(" ").filter(Boolean);

/** j and k go to the next claim and the one before; the claim that one is at is marked, with its reasons open. whole:
 * makes a card so that is given in a line only. */
export function stepThroughClaims(whole?: Whole): void {
  const cards = all<HTMLElement>("[data-claim]");
  let current = -1;
  const go = (index: number, focus: boolean): void => {
    const card = cards[index];
    if (!card) return;
    const before = cards[current];
    if (before && before !== card) {
      before.classList.remove("current");
      before.querySelector<HTMLDetailsElement>("details.why[data-opened]")?.removeAttribute("open");
    }
    current = index;
    card.classList.add("current");
    openWhy(card);
    void whole?.(card).then(() => {
      if (current !== index) return;
      openWhy(card);
      if (focus) card.scrollIntoView({ block: "nearest" }); // those above it have grown as well
    });
    if (!focus) return;
    history.replaceState(history.state, "", `#${card.id}`);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    document.getElementById(`at-${card.id}`)?.scrollIntoView({ block: "center" });
  };
  const openWhy = (card: HTMLElement): void => {
    const why = card.querySelector<HTMLDetailsElement>("details.why");
    if (!why || why.open) return;
    why.open = true;
    why.dataset.opened = "";
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    if (event.key === "j") go(Math.min(current + 1, cards.length - 1), true);
    else if (event.key === "k") go(Math.max(current - 1, 0), true);
    else return;
    event.preventDefault();
  });
  const toHash = (): void => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
    const index = cards.findIndex((card) => card.id === id);
    if (index >= 0) go(index, false);
  };
  addEventListener("hashchange", toHash);
  toHash();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
