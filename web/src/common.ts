// What every page has: the choice of colours, and suggestions in the search box.
import { suggestions } from "./lib/suggest";
import { chooseTheme, chosenTheme } from "./lib/theme";

const pick = document.querySelector<HTMLSelectElement>("#theme");
if (pick) {
  pick.value = chosenTheme();
  pick.addEventListener("change", () => chooseTheme(pick.value));
}

const find = document.querySelector<HTMLInputElement>("#find");
if (find) suggestions(find);
