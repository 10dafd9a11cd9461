/** Both ways out of a drift: a command and an edit of the code. */
import type { ReportTask } from "../report";
import { type Markup, markup, type Part } from "./markup";

/** The script of the page puts a button that copies it beside each code. */
export const waysOut = ({ waysOut: ways }: ReportTask): Part =>
  ways.length === 0 ? null : markup`<div class="ways">${ways.map(way)}</div>\n`;

const way = ({ what, code }: ReportTask["waysOut"][number]): Markup =>
  markup`<p><span>${what}</span>${code === null ? null : markup`<code>${code}</code>`}</p>`;
