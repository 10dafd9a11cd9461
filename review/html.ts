import type { Report } from "./report";

export const html = (report: Report): string => `<!doctype html><title>${report.at}</title>`;
