// Claims of a long report that the page has in a line only: they are made whole when they come into view or are asked for.
import { getPage } from "./api";
import { all } from "./dom";
import { failed } from "./toast";

const LINK = "a[data-portion]";
/** What is scrolled past, or crossed by the pointer, is not wanted. */
export const PATIENCE_MS = 150;

/** Makes a card whole, and those that come in the same portion; nothing is to be done for one that is. */
export type Whole = (card: HTMLElement) => Promise<void>;

/** Have the cards in the page come whole when they are in view. ready: called for each that has become so. */
export function portions(ready: (card: HTMLElement) => void): Whole {
  const asked = new Map<string, Promise<void>>();
  const address = (card: Element): string | undefined => card.querySelector<HTMLElement>(LINK)?.dataset.portion;

  async function load(portion: string): Promise<void> {
    try {
      const page = await getPage(portion);
      for (const made of all("[data-claim]", page)) {
        const card = document.getElementById(made.id);
        if (card && address(card) && !address(made)) fill(card, made);
      }
    } catch (error) {
      failed(error);
    } finally {
      asked.delete(portion); // what did not come can be asked for again
    }
  }

  function fill(card: HTMLElement, made: Element): void {
    const focused = card.contains(document.activeElement) && document.activeElement !== card;
    card.replaceChildren(...document.adoptNode(made).childNodes);
    if (focused) card.querySelector<HTMLElement>("a[href^='#at-']")?.focus({ preventScroll: true });
    card.classList.remove("brief");
    seen.unobserve(card);
    ready(card);
  }

  const whole: Whole = (card) => {
    const portion = address(card);
    if (portion === undefined) return Promise.resolve();
    const loading = asked.get(portion) ?? load(portion);
    asked.set(portion, loading);
    return loading;
  };

  const timers = new Map<Element, number>();
  const seen = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      clearTimeout(timers.get(target));
      if (isIntersecting) timers.set(target, window.setTimeout(() => void whole(target as HTMLElement), PATIENCE_MS));
    }
  });
  for (const card of all("[data-claim]")) if (address(card)) seen.observe(card);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>(LINK);
    const card = link?.closest<HTMLElement>("[data-claim]");
    if (!card || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void whole(card);
  });
  return whole;
}
