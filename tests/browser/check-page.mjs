#!/usr/bin/env node
// check-page.mjs FILE... [--styled FILE...]: opens each page in a real browser and says what is wrong
// with it, one line a fault. Exit 0: nothing; 1: faults; 2: a checker could not run. Of pages after
// `--styled`, which are another one in another style, only the layout is looked at.
//
// Looked at: axe-core (WCAG 2.2 A and AA, best practice) on a desktop, at 320 CSS pixels (which
// is 1280 at 400 % zoom) and in the dark; sideways scrolling; requests that leave the page; the
// roles of tables where they are set as records; the printed page that is named in view; the first
// stop of the Tab key; the Nu HTML checker; html-validate. NODE_MODULES_ROOT names the folder that holds node_modules.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { launch, require, root } from "./browser.mjs";

const given = process.argv.slice(2);
const option = given.indexOf("--styled");
const files = given.slice(0, option < 0 ? given.length : option).map((file) => path.resolve(file));
const styled = given.slice(files.length + 1).map((file) => path.resolve(file));
const faults = [];
const fault = (file, words) => faults.push(`${file.split(path.sep).slice(-3).join("/")}: ${words}`);

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// The rules that look at colours, which take most of the time: a narrow page has those of a wide
// one, and a dark page is otherwise the same as a light one.
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const without = (rules) => Object.fromEntries(rules.map((rule) => [rule, { enabled: false }]));
const VIEWS = [
  {
    name: "desktop",
    width: 1280,
    height: 900,
    // Further widths at which its tables are looked at, and its own again.
    others: [480, 768, 1024, 1600, 1280],
    axe: { runOnly: RULES },
  },
  {
    name: "320 pixels",
    width: 320,
    height: 640,
    others: [],
    axe: { runOnly: RULES, rules: without(OF_COLOUR) },
  },
];

// What a screen reader is told of the tables: how many there are, and how many rows in all.
async function tablesAsTold(page) {
  const session = await page.createCDPSession();
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const count = (role) =>
    nodes.filter((node) => !node.ignored && node.role?.value === role).length;
  return { tables: count("table"), rows: count("row") };
}

// Which printed page the line at the top of the window names at each page mark, where it names another
// one. The line is not there for the pointer, so it is made to be.
const IN_VIEW = () => {
  const style = document.createElement("style");
  style.textContent = `html { scroll-behavior: auto !important }
    .folio, .folio-inside, .folio-inside > span { pointer-events: auto !important }`;
  document.head.append(style);
  const marks = [...document.querySelectorAll(".page-break")];
  // Each scroll makes the browser measure anew, so the places are asked for once.
  const tops = new Map(marks.map((mark) => [mark, mark.getBoundingClientRect().top + window.scrollY]));
  const top = (mark) => tops.get(mark);
  const right = document.querySelector("main").getBoundingClientRect().right;
  const wrong = [];
  for (const mark of marks) {
    if (mark.getBoundingClientRect().height < 8) {
      wrong.push(`the mark of ${mark.textContent} is not seen`);
      continue;
    }
    window.scrollTo(0, top(mark) + 3);
    if (window.scrollY < top(mark)) break;
    // Of marks one below the other the last counts; those side by side are of one text for all of them.
    if (mark.nextElementSibling?.matches(".page-break") || mark.closest(".marks")) continue;
    const begun = marks.filter((other) => Math.abs(top(other) - top(mark)) < 3).pop();
    const wanted = begun.querySelector(".page-break-label").textContent;
    const shown = document.elementFromPoint(right - 10, 12)?.dataset.page ?? "nothing";
    if (shown !== wanted && !shown.startsWith(`${wanted} `)) wrong.push(`${shown} is in view at the mark of ${wanted}`);
  }
  window.scrollTo(0, 0);
  style.remove();
  return wrong;
};

// Tables that are wider than their frame, where nothing scrolls, or where nothing to be seen says so.
const OUTSIDE = () => {
  const wrong = [];
  for (const table of document.querySelectorAll("table")) {
    const frame = table.parentElement;
    const name = table.caption?.textContent;
    if (table.scrollWidth <= frame.clientWidth + 1) continue;
    const scrolls = getComputedStyle(frame).overflowX === "auto" && frame.tabIndex === 0;
    const hint = frame.previousElementSibling;
    if (!scrolls) wrong.push(`the table "${name}" is cut off`);
    else if (!hint?.matches(".scroll-hint") || !hint.checkVisibility()) wrong.push(`nothing says that "${name}" scrolls`);
  }
  return wrong;
};

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function open(browser, file, { width, height }) {
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) fault(file, `asks for ${request.url()}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return page;
}

// What axe-core says of a page as it is now.
async function violations(page, file, view, options) {
  if (await page.evaluate(() => !window.axe)) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (options) => axe.run(document, { ...options, resultTypes: ["violations"] }),
    options,
  );
  for (const violation of violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.join(" "));
    fault(file, `${view}: ${violation.id}: ${violation.help} (${where.join(", ")})`);
  }
}

// What changes with the width of the window and the size of the letters.
async function layout(page, file, view) {
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  if (width > view.width + 1) fault(file, `${view.name}: scrolls sideways (${width} pixels)`);
  for (const width of view.others) {
    await page.setViewport({ width, height: view.height });
    for (const words of await page.evaluate(OUTSIDE)) fault(file, `${width} pixels: ${words}`);
  }
  const there = await page.evaluate(() => ({
    tables: document.querySelectorAll("table").length,
    rows: document.querySelectorAll("tr").length,
  }));
  const told = await tablesAsTold(page);
  if (told.tables !== there.tables || told.rows !== there.rows) {
    fault(
      file,
      `${view.name}: has ${there.tables} tables of ${there.rows} rows in all, ` +
        `a screen reader is told of ${told.tables} of ${told.rows}`,
    );
  }
  if (await page.$("main .folio")) {
    for (const words of await page.evaluate(IN_VIEW)) fault(file, `${view.name}: ${words}`);
  }
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  if (!["#papers", "#content"].includes(first)) fault(file, `${view.name}: the Tab key stops first at ${first}`);
}

async function look(browser, file, isStyled) {
  for (const view of VIEWS) {
    const page = await open(browser, file, view);
    if (!isStyled) await violations(page, file, view.name, view.axe);
    await layout(page, file, view);
    if (view.name === "desktop") {
      await page.emulateMediaType("print");
      const clipped = await page.evaluate(() =>
        [...document.querySelectorAll("main > *")].some((one) => getComputedStyle(one).clipPath !== "none"),
      );
      if (clipped) fault(file, "what is printed is clipped");
      await page.emulateMediaType("screen");
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
      if (!isStyled) await violations(page, file, "dark", { runOnly: OF_COLOUR });
    }
    await page.close();
  }
}

function nu() {
  const jar = path.join(root, "node_modules/vnu-jar/build/dist/vnu.jar");
  const run = spawnSync(
    "java",
    ["-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", ...files],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  for (const message of JSON.parse(run.stdout).messages) {
    // It does not know that `img-src data:` allows pictures that are in the page; browsers do.
    if (/^Resource violates Content Security Policy .*image “data:/.test(message.message)) continue;
    if (message.type !== "info" || message.subType === "warning") {
      fault(message.url ?? "page", `Nu: line ${message.lastLine}: ${message.message}`);
    }
  }
}

async function validate() {
  const { HtmlValidate, StaticConfigLoader } = require("html-validate");
  const presets = ["recommended", "document", "a11y"].map((name) => `html-validate:${name}`);
  // Files of the same site need no seal against each other.
  const sealed = ["error", { target: "crossorigin" }];
  const rules = { "no-inline-style": "off", "long-title": "off", "require-sri": sealed };
  const loader = new StaticConfigLoader({ root: true, extends: presets, rules });
  const validator = new HtmlValidate(loader);
  for (const file of files) {
    const report = await validator.validateFile(file);
    for (const message of report.results.flatMap((result) => result.messages)) {
      if (message.severity === 2) {
        fault(file, `html-validate: line ${message.line}: ${message.ruleId}: ${message.message}`);
      }
    }
  }
}

let browser;
try {
  browser = await launch([
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
  ]);
  for (const file of files) await look(browser, file, false);
  for (const file of styled) await look(browser, file, true);
  nu();
  await validate();
  for (const line of faults.slice(0, 100)) console.log(line);
  if (faults.length > 100) console.log(`and ${faults.length - 100} more`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} catch (error) {
  console.error(String(error));
  process.exitCode = 2;
} finally {
  await browser?.close();
}
