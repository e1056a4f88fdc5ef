// The report page: layers of the text, words and fields lit together, keys from claim to claim, claims of a long report
// that come when they are wanted, copying.
import { lightTogether, stepThroughClaims } from "../lib/claims";
import { buttons } from "../lib/copy";
import { all, later, one } from "../lib/dom";
import { PATIENCE_MS, portions } from "../lib/portions";

function layers(): void {
  const text = one("#text");
  const boxes = all<HTMLInputElement>('.layers input[name="layer"]');
  const show = (): void => {
    const address = new URL(location.href);
    address.searchParams.delete("layer");
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    for (const box of boxes) text.classList.toggle(`show-${box.value}`, box.checked);
    if (chosen.length < boxes.length) for (const layer of chosen.length ? chosen : ["none"]) address.searchParams.append("layer", layer);
    history.replaceState(history.state, "", address);
  };
  for (const box of boxes) box.addEventListener("change", show);
}

layers();
const whole = portions((card) => added(card));
const near = (claims: string[]): void => {
  for (const claim of claims) {
    const card = document.getElementById(claim);
    if (card) void whole(card);
  }
};
const added = lightTogether(document, later(PATIENCE_MS, near));
stepThroughClaims(whole);
buttons();
