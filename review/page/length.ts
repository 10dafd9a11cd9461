/** How much the page tells, so that no report makes a page that nobody can open; pure. */
import type { ReportTask } from "../report";
import type { Markup } from "./markup";

/** Bytes of a page, at most. */
export const mostBytes = 3_000_000;

/** A card names so many targets; the search finds the others too. */
export const mostTargets = 8;
/** With more cards, those that are not on the screen are not laid out. */
const mostLaidOut = 50;

/** How much a card tells. */
export interface Detail {
  /** The fields that differ: in a table, on a line each, or not at all; without a table the card is marked as shortened. */
  readonly fields: "table" | "lines" | "none";
  /** Of a list, so many items that are not in all versions, and so many that are. */
  readonly mostOwn: number;
  readonly mostCommon: number;
  /** Longest text, and longest command or edit: the one is cut, the other left out. */
  readonly mostText: number;
  readonly mostCode: number;
  /** So many cards may tell as much. */
  readonly mostCards: number;
}

/** Each one tells more than the one before; a card that has no room for the first one is left out. */
export const details: readonly Detail[] = [
  { fields: "none", mostOwn: 0, mostCommon: 0, mostText: 400, mostCode: 0, mostCards: Number.POSITIVE_INFINITY },
  { fields: "lines", mostOwn: 3, mostCommon: 0, mostText: 400, mostCode: 400, mostCards: Number.POSITIVE_INFINITY },
  { fields: "table", mostOwn: 5, mostCommon: 3, mostText: 400, mostCode: 1000, mostCards: 500 },
  { fields: "table", mostOwn: 40, mostCommon: 8, mostText: 4000, mostCode: Number.POSITIVE_INFINITY, mostCards: 500 },
];

/** Whether only what is on the screen is laid out: it costs a moment in scrolling, and saves much in filtering. */
export const isLong = (tasks: readonly ReportTask[]): boolean => tasks.filter(hasCard).length > mostLaidOut;

export const hasCard = ({ verdict }: ReportTask): boolean => verdict !== "same";

export const bytesOf = ({ text }: Markup): number => Buffer.byteLength(text);

/** The first of the parts of a list, which together take at most so many bytes. */
export function fitting(parts: readonly Markup[], most: number): Markup[] {
  let left = most;
  const end = parts.findIndex((part) => {
    left -= bytesOf(part);
    return left < 0;
  });
  return end < 0 ? [...parts] : parts.slice(0, end);
}
