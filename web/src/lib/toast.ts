// Short news at the edge of the page, read out by screen readers.
import { h, one } from "./dom";
import { t } from "./words";

/** Show a text for a while; one that is `bad` stays until it is closed. action: a button such as undo. */
export function toast(text: string, options: { bad?: boolean; action?: { label: string; run: () => void } } = {}): void {
  const { action, bad } = options;
  const made = h("div", { class: bad ? "toast bad" : "toast" }, h("p", {}, text));
  const close = (): void => made.remove();
  if (action) {
    made.append(h("button", { type: "button", class: "small", onclick: () => (close(), action.run()) }, action.label));
  }
  made.append(h("button", { type: "button", class: "small bare", "aria-label": t("common.close"), onclick: close }, "×"));
  one("#toasts").append(made);
  if (!bad) {
    let timer = window.setTimeout(close, 8_000);
    made.addEventListener("pointerenter", () => clearTimeout(timer));
    made.addEventListener("focusin", () => clearTimeout(timer));
    made.addEventListener("pointerleave", () => (timer = window.setTimeout(close, 4_000)));
  }
}

/** Show that something failed. */
export function failed(error: unknown): void {
  toast(t("common.failed", { reason: error instanceof Error ? error.message : String(error) }), { bad: true });
}

/** Say something to screen readers only. */
export function announce(text: string): void {
  let at = document.querySelector("#announce");
  if (!at) {
    at = h("div", { id: "announce", class: "unseen", "aria-live": "polite" });
    document.body.append(at);
  }
  at.textContent = text;
}
