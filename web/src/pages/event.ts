// The event page: words and fields lit together, keys from claim to claim, copying.
import { lightTogether, stepThroughClaims } from "../lib/claims";
import { buttons } from "../lib/copy";

lightTogether(document);
stepThroughClaims();
buttons();
