/** One bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands at its end. */
  readonly text: string;
  readonly isOurs: boolean;
}

export interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
}

export type Theme = "light" | "dark";

const colors = {
  light: { text: "#1f2328", quiet: "#59636e", ours: "#0a7f6f", other: "#b8c0ca" },
  dark: { text: "#f0f6fc", quiet: "#9198a1", ours: "#3fb8a5", other: "#545d68" },
};

/** Narrow, so that the letters stay readable on a phone. */
const WIDTH = 520;
const LABEL = 152;
const VALUE = 78;
const BAR = 22;
const HEAD = 34;
const NOTE = 30;
const longest = WIDTH - LABEL - VALUE;

/**
 * Horizontal bars in groups, each group on a scale of its own from zero, as SVG.
 *
 * @param note stands below
 */
export function barChart(title: string, groups: readonly Group[], note: string, theme: Theme): string {
  const { text, quiet, ours, other } = colors[theme];
  const parts: string[] = [];
  let y = 0;
  for (const group of groups) {
    y += HEAD;
    parts.push(`<text x="0" y="${y - 10}" font-weight="600" fill="${text}">${escaped(group.title)}</text>`);
    const most = Math.max(...group.bars.map(({ value }) => value));
    for (const bar of group.bars) {
      const width = Math.max(2, Math.round((bar.value / most) * longest));
      const middle = y + BAR / 2 + 5;
      parts.push(
        `<text x="${LABEL - 8}" y="${middle}" text-anchor="end" fill="${bar.isOurs ? text : quiet}">${escaped(bar.label)}</text>`,
        `<rect x="${LABEL}" y="${y + 4}" width="${width}" height="${BAR - 8}" rx="2" fill="${bar.isOurs ? ours : other}"/>`,
        `<text x="${LABEL + width + 6}" y="${middle}" fill="${bar.isOurs ? text : quiet}">${escaped(bar.text)}</text>`,
      );
      y += BAR;
    }
  }
  y += NOTE;
  parts.push(`<text x="0" y="${y - 6}" font-size="12" fill="${quiet}">${escaped(note)}</text>`);
  const height = y + 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="14">
<title>${escaped(title)}</title>
${parts.join("\n")}
</svg>
`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");
