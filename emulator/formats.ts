import { isZone } from "./zones";

/** The shape of a text; the empty text is judged by the length limits alone. */
export interface Format {
  says: string;
  accepts(text: string): boolean;
}

export const weekList: Format = {
  says: "must be a comma list of 1 (Sunday) to 7 (Saturday), such as 1,2,7",
  accepts: (text) => isCommaList(text, (item) => isNumberUpTo(item, 7)),
};

export const monthList: Format = {
  says: "must be a comma list of 1 to 12, such as 1,3,12",
  accepts: (text) => isCommaList(text, (item) => isNumberUpTo(item, 12)),
};

export const dateList: Format = {
  says: "must be a comma list of 1 to 31 or L, such as 1,2,28,L",
  accepts: (text) => isCommaList(text, (item) => item === "L" || isNumberUpTo(item, 31)),
};

export const calendarDate: Format = { says: "must be a date of the calendar, yyyy-MM-dd", accepts: isDate };

export const timeOfDay: Format = { says: "must be a time of day, HH:mm:ss", accepts: isTime };

export const dateAndTime: Format = {
  says: "must be a date and time, yyyy-MM-dd HH:mm:ss",
  accepts: (text) => text[10] === " " && isDate(text.slice(0, 10)) && isTime(text.slice(11)),
};

export const zoneName: Format = { says: "must be the name of a time zone, such as Asia/Shanghai", accepts: isZone };

export const jsonText: Format = {
  says: "must be JSON",
  accepts(text) {
    try {
      JSON.parse(text);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  },
};

/**
 * Whether the cloud takes spaces, zeros in front or duplicates is unknown; the emulator refuses what is not plainly
 * documented.
 */
function isCommaList(text: string, isItem: (item: string) => boolean): boolean {
  const items = text.split(",");
  return items.every(isItem) && new Set(items).size === items.length;
}

const isNumberUpTo = (item: string, max: number) => /^[1-9]\d?$/.test(item) && Number(item) <= max;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);
}
