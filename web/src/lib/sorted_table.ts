// A table that can be sorted by its column heads and read page by page. Every head is a button; the head tells the order
// by aria-sort. Only one page of rows stands in the document, so that thousands stay quick.

import { h } from "./dom";
import { number } from "./words";

export interface Column<Row> {
  /** What rows are compared by; null comes last in both directions. */
  by: (row: Row) => string | number | null;
  /** The cell of a row: text, or an element. */
  cell: (row: Row) => string | Node;
  /** Order of the first press: largest first for numbers. */
  first: "ascending" | "descending";
  number?: boolean;
}

const PAGE = 100;

export class SortedTable<Row> {
  private rows: Row[] = [];
  private shown: Row[] = [];
  private words = "";
  private column: number;
  private descending: boolean;
  private start = 0;
  private readonly body: HTMLTableSectionElement;
  private readonly heads: HTMLTableCellElement[];

  /**
   * `box` holds a table, whose head names the columns, and elements with data-part "place", "previous" and "next".
   * `place`: “Rows {first} to {last} of {n}”. `sorted`: the column by which the rows are sorted at first. `text`: what a search looks through. `made` hears of
   * every row that is put into the document.
   */
  constructor(
    private readonly box: HTMLElement,
    private readonly columns: Column<Row>[],
    private readonly options: {
      sorted: number;
      place: string;
      text: (row: Row) => string;
      made?: (row: Row, line: HTMLTableRowElement) => void;
    },
  ) {
    this.column = options.sorted;
    this.descending = columns[options.sorted]!.first === "descending";
    this.body = box.querySelector("tbody")!;
    this.heads = [...box.querySelectorAll<HTMLTableCellElement>("thead th")];
    this.heads.forEach((head, i) => this.press(head, i));
    this.part("previous").addEventListener("click", () => this.turn(-PAGE));
    this.part("next").addEventListener("click", () => this.turn(PAGE));
  }

  set(rows: Row[]): void {
    this.rows = rows;
    this.find(this.words);
  }

  /** Shows the rows whose text holds all of the words. */
  find(words: string): void {
    this.words = words;
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    this.shown = this.rows.filter((row) => {
      const text = this.options.text(row).toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    this.sort();
  }

  private part(name: string): HTMLElement {
    return this.box.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  }

  private press(head: HTMLTableCellElement, i: number): void {
    if (!this.columns[i]) return;
    const sort = (): void => {
      this.descending = this.column === i ? !this.descending : this.columns[i]!.first === "descending";
      this.column = i;
      this.sort();
    };
    head.append(h("button", { type: "button", class: "sort bare small", onclick: sort }, ...head.childNodes));
  }

  private sort(): void {
    const { by } = this.columns[this.column]!;
    const sign = this.descending ? -1 : 1;
    this.shown.sort((a, b) => {
      const [x, y] = [by(a), by(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * (typeof x === "string" ? x.localeCompare(String(y)) : x - Number(y));
    });
    this.heads.forEach((head, i) => {
      if (i === this.column) head.setAttribute("aria-sort", this.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    this.start = 0;
    this.draw();
  }

  private turn(by: number): void {
    const start = this.start + by;
    if (start < 0 || start >= this.shown.length) return;
    this.start = start;
    this.draw();
  }

  private draw(): void {
    const page = this.shown.slice(this.start, this.start + PAGE);
    this.body.replaceChildren(...page.map((row) => this.line(row)));
    const last = this.start + page.length;
    const numbers: Record<string, number> = { first: page.length ? this.start + 1 : 0, last, n: this.shown.length };
    this.part("place").textContent = this.options.place.replace(/\{(\w+)\}/g, (slot, name: string) => {
      const value = numbers[name];
      return value === undefined ? slot : number(value);
    });
    this.able("previous", this.start > 0);
    this.able("next", last < this.shown.length);
  }

  /** A button that has the focus keeps it also where it has nothing more to do. */
  private able(name: string, able: boolean): void {
    this.part(name).setAttribute("aria-disabled", String(!able));
  }

  private line(row: Row): HTMLTableRowElement {
    const line = h("tr", {}, ...this.columns.map(({ cell, number: isNumber }) => h("td", { class: isNumber && "number" }, cell(row))));
    this.options.made?.(row, line);
    return line;
  }
}
