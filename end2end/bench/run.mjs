// Everything that is measured, in one run on one machine: `node bench/run.mjs [--runs N] [--out FILE] [--compare FILE]`.
// Machines differ and are shared: compare ratios, and runs of the same machine. Nothing here fails for being slow.
import { parseArgs } from "node:util";

import { everybody, groups, knownReader, manyEncounters, rowTap, starts } from "./figures.mjs";
import { flood, manyEvents } from "./flood.mjs";
import { medians, print, read, write } from "./report.mjs";
import { close } from "./stopwatch.mjs";
import { typing } from "./typing.mjs";

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "5" }, out: { type: "string" }, compare: { type: "string" } } });

const named = (profile, figures) => Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${profile}_${name}`, value]));

const other = options.compare && read(options.compare);
const wanted = Number(options.runs);
await groups([50, 1000]);
const storage = await knownReader();
const runs = [];
for (let nth = 1; nth <= wanted; nth += 1) {
  const figures = {};
  for (const profile of ["fast", "slow"]) {
    const slow = profile === "slow";
    console.error(`  Run ${nth} of ${wanted}, ${slow ? "a slow tablet on a slow network" : "this machine as it is"}`);
    Object.assign(figures, named(profile, { ...(await starts(storage, slow)), ...(await rowTap(storage, slow)), ...(await manyEncounters(storage, slow)) }));
  }
  runs.push(figures);
}
console.error("  Writing, and very much at once in the hospitals");
for (const profile of ["fast", "slow"]) {
  const slow = profile === "slow";
  Object.assign(runs[0], named(profile, { ...(await typing(storage, slow)), ...(await manyEvents(storage, slow)), ...(await flood(storage, slow)) }));
}
// Loading everybody takes minutes: once, then both speeds.
console.error("  The whole programme in one list");
for (const [profile, figures] of Object.entries(await everybody(storage))) Object.assign(runs[0], named(profile, figures));
await close();
const figures = medians(runs);
print(figures, other);
if (options.out) write(options.out, figures);
