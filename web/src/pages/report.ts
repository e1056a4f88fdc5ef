// The report page: layers of the text, words and fields lit together, keys from claim to claim, copying.
import { lightTogether, stepThroughClaims } from "../lib/claims";
import { buttons } from "../lib/copy";
import { all, one } from "../lib/dom";

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
lightTogether(document);
stepThroughClaims();
buttons();
