/** A moment in the page, which the script of the page writes anew in another zone. */
import { zoneId } from "../../provider/scheduledTask/calendar";
import type { Language } from "../../provider/scheduledTask/fields";
import { type Markup, markup } from "./markup";
import { momentText, usableZone } from "./moments";

/**
 * Somewhere around it the zone of its task must stand, as `data-zone`.
 *
 * @param minutes since 1970
 */
export const moment = (zone: string, minutes: number, language: Language): Markup =>
  markup`<time datetime="${new Date(minutes * 60_000).toISOString().slice(0, 16)}Z">${momentText(zone, minutes, language)}</time>`;

/** The same with its zone. */
export const zonedMoment = (zone: string, minutes: number, language: Language): Markup =>
  markup`${moment(zone, minutes, language)} <span class="zone">${zone}</span>`;

/** In which zone the page shows the times of a task: its own, as far as JavaScript knows it. */
export const zoneOf = (timeZone: string | null): string => {
  const isOffset = timeZone !== null && usableZone(timeZone) !== timeZone;
  return usableZone(isOffset ? (zoneId(timeZone) ?? null) : timeZone);
};
