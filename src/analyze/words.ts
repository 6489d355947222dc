/** Numbers and times as the page writes them. */
export const number = (n: number): string => n.toLocaleString("en-US");

export const percent = (n: number): string => `${(100 * n).toFixed(n > 0 && n < 0.1 ? 1 : 0)} %`;

export const plural = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

/** 2026-11-23T10 as people read it. */
export const period = (time: string): string => (time.length === 13 ? `${time.replace("T", " ")}:00` : time);

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

export function size(bytes: number): string {
  let n = bytes;
  let unit = 0;
  while (n >= 1000 && unit < UNITS.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${unit === 0 ? n : n.toFixed(n < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
