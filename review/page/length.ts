/** How much the page tells, so that thousands of tasks make no page that nobody can open; pure. */
import type { ReportTask } from "../report";

/** A card names so many targets; the search finds the others too. */
export const mostTargets = 8;
/** With more cards, those that are not on the screen are not laid out. */
const mostLaidOut = 50;
/** With more cards, each says less. */
const mostFullCards = 500;

/** Whether cards leave out what the calendar and the search tell, and tables. */
export const isBrief = (tasks: readonly ReportTask[]): boolean => cards(tasks) > mostFullCards;

/** Whether only what is on the screen is laid out: it costs a moment in scrolling, and saves much in filtering. */
export const isLong = (tasks: readonly ReportTask[]): boolean => cards(tasks) > mostLaidOut;

const cards = (tasks: readonly ReportTask[]): number => tasks.filter(({ verdict }) => verdict !== "same").length;

/** So many targets of each task are searched. */
export const searchedTargets = (tasks: readonly ReportTask[]): number =>
  Math.min(1000, Math.max(5, Math.floor(20_000 / tasks.length)));
