// Own text: what belongs together is lit, and keys go from claim to claim.
import { lightTogether, stepThroughClaims } from "../lib/claims";

const found = document.getElementById("found");
if (found) {
  lightTogether(document);
  stepThroughClaims();
  found.focus();
}
