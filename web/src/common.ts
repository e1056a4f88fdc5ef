// What every page has: the choice of colours.
import { chooseTheme, chosenTheme } from "./lib/theme";

const pick = document.querySelector<HTMLSelectElement>("#theme");
if (pick) {
  pick.value = chosenTheme();
  pick.addEventListener("change", () => chooseTheme(pick.value));
}
