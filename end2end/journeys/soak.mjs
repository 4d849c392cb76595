// A short soak (soak.mjs): after a warm-up, sixty openings of people leave nothing behind.
import { after, test } from "node:test";

import { close } from "../page.mjs";
import { server } from "../record-apis.mjs";
import { soak } from "../soak.mjs";

after(close);

test("sixty people opened: memory, nodes and listeners stay as they are", { skip: server !== "helios" && "with Helios only" }, () => soak(60, { warmUp: 40, looks: 2 }));
