// What reviewers differ on: an admin takes the value of one of them.
import { all } from "../lib/dom";
import { failed, toast } from "../lib/toast";
import { askWhy } from "../review/panel";
import { send } from "../review/sending";

for (const button of all<HTMLButtonElement>("[data-like]")) {
  button.addEventListener("click", () => void take(button));
}

async function take(button: HTMLButtonElement): Promise<void> {
  const dispute = button.closest<HTMLElement>("[data-claim]")!;
  const { claim, field } = dispute.dataset;
  const why = await askWhy(button.firstChild?.textContent ?? "", `${button.dataset["like"]}`);
  if (why === null) return;
  try {
    await send("adjudicate", { claim, field, like: button.dataset["like"], why });
    toast(button.dataset["kept"] ?? "");
    dispute.remove();
  } catch (error) {
    failed(error);
  }
}
