// Buttons that copy a text or print the page.
import { all, one } from "./dom";
import { announce, toast } from "./toast";

/** Have every button with data-copy copy the text of the element with that id, and those with data-print print. */
export function buttons(): void {
  for (const button of all<HTMLButtonElement>("[data-copy]")) {
    button.addEventListener("click", () => void copy(one(`#${button.dataset.copy}`), button));
  }
  for (const button of all("[data-print]")) button.addEventListener("click", () => print());
}

async function copy(from: HTMLElement, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(from.textContent ?? "");
    const label = button.textContent;
    button.textContent = button.dataset.copied ?? label;
    announce(button.dataset.copied ?? "");
    setTimeout(() => (button.textContent = label), 2_000);
  } catch {
    getSelection()?.selectAllChildren(from); // so that the keys of the browser copy it
    toast(button.dataset.failed ?? "", { bad: true });
  }
}
