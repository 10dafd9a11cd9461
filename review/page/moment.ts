/** A moment in the page, which the script of the page writes anew in another zone. */
import type { Language } from "../../provider/scheduledTask/fields";
import { type Markup, markup } from "./markup";
import { momentText } from "./moments";

/**
 * Somewhere around it the zone of its task must stand, as `data-zone`.
 *
 * @param minutes since 1970
 */
export const moment = (zone: string, minutes: number, language: Language): Markup =>
  markup`<time datetime="${new Date(minutes * 60_000).toISOString().slice(0, 16)}Z">${momentText(zone, minutes, language)}</time>`;
