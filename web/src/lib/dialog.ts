// Dialogs: the browser's own <dialog>, which keeps the focus inside and gives it back.
import { h } from "./dom";
import { t } from "./words";

/** Open a dialog with this content; gives what `form` fields hold where its main button was taken, else null. */
export function ask(title: string, content: Node[], options: { yes: string; bad?: boolean }): Promise<FormData | null> {
  const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), ...content);
  const cancel = h("button", { type: "button" }, t("common.cancel"));
  const yes = h("button", { type: "submit", value: "yes", class: options.bad ? "bad" : "main" }, options.yes);
  form.append(h("div", { class: "dialog-buttons" }, cancel, yes));
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, form);
  document.body.append(dialog);
  cancel.addEventListener("click", () => dialog.close(""));
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "yes" ? new FormData(form) : null;
      dialog.remove();
      resolve(given);
    });
    dialog.showModal();
  });
}
