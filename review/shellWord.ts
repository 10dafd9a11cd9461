/** One word for a shell, whatever it holds: anybody in the console may name a task. */
export const shellWord = (text: string): string =>
  /^[\w./:=-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
