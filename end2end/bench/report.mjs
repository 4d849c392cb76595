// One table, and one flat file of figures that another run can be compared with.
import { readFileSync, writeFileSync } from "node:fs";

/** The budgets: name of a figure → at most. Times are those of the slow profile unless said. */
export const BUDGETS = {
  slow_cold_start_kB: 200,
  slow_cold_start_requests: 10,
  slow_first_paint_ms: 700,
  slow_list_of_50_ready_ms: 2000,
  slow_list_of_1000_ready_ms: 2200,
  slow_total_blocking_ms: 200,
  slow_warm_start_ms: 800,
  slow_overview_by_address_ready_ms: 2400,
  slow_row_tap_over_floor_ratio: 1.5,
  slow_keystroke_to_list_ms: 50,
  slow_many_encounters_open_ms: 1000,
  slow_heap_and_wasm_MB: 25,
  slow_editor_open_ms: 100,
  // A frame, and the one that was under way.
  slow_editor_key_to_screen_ms: 33,
  slow_many_events_first_screen_ms: 1000,
  slow_flood_frames_over_50_ms: 0,
  slow_flood_newest_visible_ms: 250,
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => (value === undefined ? "" : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

/** Runs' figures → the median of each. */
export function medians(runs) {
  const names = new Set(runs.flatMap(Object.keys));
  return Object.fromEntries([...names].map((name) => [name, median(runs.map((it) => it[name]).filter((it) => it !== undefined))]));
}

/** Prints figure, budget, ratio to the floor of the same run (times), and what moved against another run. */
export function print(figures, other) {
  const head = ["figure", "median", "budget", "x floor", ...(other ? ["before", "moved"] : [])];
  const rows = Object.entries(figures).map(([name, value]) => {
    const floor = figures[`${name.split("_")[0]}_row_tap_floor_ms`];
    const ratio = name.endsWith("_ms") && floor ? value / floor : undefined;
    const budget = BUDGETS[name];
    const kept = budget === undefined ? "" : `${shown(budget)} ${value <= budget ? "kept" : "OVER"}`;
    const moved = other ? [shown(other[name]), other[name] ? `x ${(value / other[name]).toFixed(2)}` : ""] : [];
    return [name, shown(value), kept, shown(ratio), ...moved];
  });
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  for (const row of [head, ...rows]) console.log(row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  "));
}

export const read = (path) => JSON.parse(readFileSync(path, "utf8"));
export const write = (path, figures) => writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
