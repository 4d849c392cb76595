// One way to three browsers, so that a journey is written once. A visitor is somebody with an empty device, in another
// country's time zone: the page must not care.
//
//   goto, reload, back       addresses are paths
//   click(css, words?)       the first that can be seen, with these words in it; waits for it
//   text(css, words?)        what such an element says
//   type(css, text)          key by key, in place of what is there
//   press(key)               "Enter", "ArrowDown", "/"
//   run(script, value?)      a function in the page, with a plain value
//   until(script, value?)    … until it is true
//   screenshot()             PNG
//   complaints()             what the console has said as errors
//   close()
import * as playwright from "./playwright.mjs";
import * as webkit from "./webkit.mjs";

export { Silent } from "./silent.mjs";

const starters = {
  chromium: () => playwright.start("chromium"),
  firefox: () => playwright.start("firefox"),
  webkit: () => webkit.start(),
};

export const names = Object.keys(starters);

/** The browsers that are asked for: all of them, or those in ALONGSIDE_BROWSER. */
export const wanted = (process.env.ALONGSIDE_BROWSER ?? names.join()).split(",").map((it) => it.trim());

for (const name of wanted) {
  if (!names.includes(name)) throw new Error(`ALONGSIDE_BROWSER takes ${names.join(", ")}, not ${name}`);
}

export const start = (name) => starters[name]();
