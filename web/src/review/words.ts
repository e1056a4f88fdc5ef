// The text of a report, in which words can be chosen: with the pointer by pressing and dragging or pressing with Shift,
// with the keyboard by the arrows, and Shift with them for more. What is chosen is whole words, told by code points.
import { h, plain } from "../lib/dom";
import { t } from "../lib/words";
import type { KnownSpan, Span } from "./model";

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.-][\p{L}\p{N}\p{M}]+)*|[^\s\p{L}\p{N}\p{M}]/gu;

interface Word extends Span {
  node: HTMLElement;
}

export class Words {
  readonly box: HTMLElement;
  private words: Word[] = [];
  private text: string[] = [];
  private offset = 0;
  private anchor = -1;
  private head = -1;
  private dragging = false;
  private choose: ((span: Span) => void) | null = null;
  private done: (() => void) | null = null;

  constructor() {
    this.box = h("div", { class: "reading review-text", id: "review-text" });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("pointerdown", (event) => this.press(event));
    this.box.addEventListener("pointermove", (event) => this.drag(event));
    addEventListener("pointerup", () => (this.dragging = false));
  }

  /** Shows a part of a report that starts at `offset`, the sentence of the claim in it, and the words of its fields. */
  show(text: string, offset: number, sentence: Span, marks: KnownSpan[]): void {
    this.stop();
    this.offset = offset;
    this.text = [...text];
    const nodes: Node[] = [];
    this.words = [];
    let at = 0; // UTF-16 units done
    let point = offset; // code points done
    for (const found of text.matchAll(WORD)) {
      const between = text.slice(at, found.index);
      nodes.push(document.createTextNode(plain(between)));
      point += [...between].length;
      const start = point;
      point += [...found[0]].length;
      const node = h("span", { class: "word", id: `w${this.words.length}` }, plain(found[0]));
      this.words.push({ node, start, end: point });
      nodes.push(node);
      at = found.index + found[0].length;
    }
    nodes.push(document.createTextNode(plain(text.slice(at))));
    this.box.replaceChildren(...nodes);
    for (const word of this.words) {
      if (word.start >= sentence.start && word.end <= sentence.end) word.node.classList.add("in-sentence");
    }
    for (const mark of marks) {
      for (const word of this.within(mark)) word.node.classList.add("marked", `of-${mark.of}`);
    }
    const first = this.words.find((word) => word.start >= sentence.start)?.node;
    if (first) { // the text moves within its box; the page stays where it is
      const [box, word] = [this.box.getBoundingClientRect(), first.getBoundingClientRect()];
      this.box.scrollTop += word.top - box.top - box.height / 3;
    }
  }

  /** The text of a span, as far as it is shown. */
  of(span: Span): string {
    return this.text.slice(span.start - this.offset, span.end - this.offset).join("");
  }

  /** Lets words be chosen from now on. `span`: what is chosen at first. `label`: what they are for. */
  start(label: string, span: Span | null, near: Span, choose: (span: Span) => void, done: () => void): void {
    this.stop();
    [this.choose, this.done] = [choose, done];
    const { box } = this;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-multiselectable", "true");
    box.setAttribute("aria-label", label);
    box.setAttribute("aria-describedby", "review-picking");
    box.tabIndex = 0;
    box.classList.add("picking");
    this.words.forEach(({ node }) => node.setAttribute("role", "option"));
    const chosen = this.words.map((word, i) => ({ word, i })).filter(({ word }) => span && overlap(word, span));
    const first = this.words.findIndex((word) => word.start >= near.start);
    [this.anchor, this.head] = chosen.length ? [chosen[0]!.i, chosen.at(-1)!.i] : [Math.max(0, first), Math.max(0, first)];
    this.paint(chosen.length > 0);
    box.focus();
  }

  /** No words can be chosen any more. */
  stop(): void {
    if (!this.choose) return;
    this.choose = this.done = null;
    for (const name of ["role", "aria-multiselectable", "aria-label", "aria-describedby", "aria-activedescendant", "tabindex"]) {
      this.box.removeAttribute(name);
    }
    this.box.classList.remove("picking");
    for (const { node } of this.words) {
      node.classList.remove("chosen", "at");
      node.removeAttribute("role");
      node.removeAttribute("aria-selected");
    }
  }

  /** Chooses a span that is known. */
  take(span: Span): void {
    const chosen = this.words.map((word, i) => ({ word, i })).filter(({ word }) => overlap(word, span));
    if (!chosen.length) return;
    [this.anchor, this.head] = [chosen[0]!.i, chosen.at(-1)!.i];
    this.tell();
  }

  /** One word more or less at an end of what is chosen: for who cannot drag. */
  stretch(end: "start" | "end", by: number): void {
    const [first, last] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    this.anchor = end === "start" ? this.clamp(first + by) : first;
    this.head = end === "end" ? this.clamp(last + by) : last;
    this.tell();
  }

  private within(span: Span): Word[] {
    return this.words.filter((word) => overlap(word, span));
  }

  private key(event: KeyboardEvent): void {
    if (!this.choose) return;
    const step: Record<string, () => number> = {
      ArrowRight: () => this.head + 1,
      ArrowLeft: () => this.head - 1,
      ArrowDown: () => this.beside(1),
      ArrowUp: () => this.beside(-1),
      Home: () => 0,
      End: () => this.words.length - 1,
    };
    if (event.key === "Enter" || event.key === "Escape") this.done?.();
    else if (event.key === " ") this.move(this.head, false);
    else if (step[event.key]) this.move(step[event.key]!(), event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The word above or below, as the lines are broken now. */
  private beside(lines: 1 | -1): number {
    const here = this.words[this.head]!.node.getBoundingClientRect();
    const middle = here.left + here.width / 2;
    let best = this.head;
    let line: number | null = null;
    let off = Infinity;
    for (let i = this.head + lines; i >= 0 && i < this.words.length; i += lines) {
      const box = this.words[i]!.node.getBoundingClientRect();
      if (Math.abs(box.top - here.top) < here.height / 2) continue;
      line ??= box.top;
      if (Math.abs(box.top - line) >= here.height / 2) break;
      const distance = Math.abs(box.left + box.width / 2 - middle);
      if (distance < off) [best, off] = [i, distance];
    }
    return best;
  }

  private press(event: PointerEvent): void {
    const i = this.at(event);
    if (!this.choose || i < 0 || event.button !== 0) return;
    event.preventDefault();
    this.box.focus();
    this.dragging = event.pointerType === "mouse";
    this.move(i, event.shiftKey);
  }

  private drag(event: PointerEvent): void {
    const i = this.dragging && this.choose ? this.at(event) : -1;
    if (i >= 0 && i !== this.head) this.move(i, true);
  }

  private at(event: PointerEvent): number {
    const node = document.elementFromPoint(event.clientX, event.clientY)?.closest(".word");
    return node ? Number(node.id.slice(1)) : -1;
  }

  private move(to: number, more: boolean): void {
    this.head = this.clamp(to);
    if (!more) this.anchor = this.head;
    this.tell();
  }

  private clamp(i: number): number {
    return Math.max(0, Math.min(i, this.words.length - 1));
  }

  private tell(): void {
    this.paint(true);
    const [first, last] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    this.choose?.({ start: this.words[first]!.start, end: this.words[last]!.end });
  }

  private paint(chosen: boolean): void {
    const [first, last] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    this.words.forEach(({ node }, i) => {
      const inside = chosen && i >= first && i <= last;
      node.classList.toggle("chosen", inside);
      node.classList.toggle("at", i === this.head);
      node.setAttribute("aria-selected", String(inside));
    });
    const now = this.words[this.head];
    if (!now) return;
    this.box.setAttribute("aria-activedescendant", now.node.id);
    now.node.scrollIntoView({ block: "nearest" });
  }
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Help for choosing words, and buttons that do the same without dragging. */
export function pickingTools(words: Words, known: KnownSpan[], done: () => void): HTMLElement {
  const button = (key: string, act: () => void): HTMLElement =>
    h("button", { type: "button", class: "small", onclick: act }, t(`review.${key}`));
  const list = h(
    "select",
    { id: "review-known", onchange: (event) => take(event) },
    h("option", { value: "" }, t("review.known_none")),
    ...known.map((span, i) => h("option", { value: i }, `${t(`review.of_${span.of}`)}: ${plain(span.text)}`)),
  );
  const take = (event: Event): void => {
    const span = known[Number((event.target as HTMLSelectElement).value)];
    if ((event.target as HTMLSelectElement).value && span) words.take(span);
  };
  return h(
    "div",
    { class: "review-picking" },
    h("p", { class: "hint", id: "review-picking" }, t("review.picking")),
    h("div", { class: "field" }, h("label", { for: "review-known" }, t("review.known")), list),
    h(
      "div",
      { class: "buttons", role: "group", "aria-label": t("review.stretch") },
      button("start_left", () => words.stretch("start", -1)),
      button("start_right", () => words.stretch("start", 1)),
      button("end_left", () => words.stretch("end", -1)),
      button("end_right", () => words.stretch("end", 1)),
      button("words_done", done),
    ),
  );
}
