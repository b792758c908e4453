#!/usr/bin/env node
// picture.mjs ADDRESS FILE WIDTH HEIGHT SCALE [SELECTOR]: what a browser's window of this size shows at an
// address, as a PNG that is SCALE times as large; with SELECTOR, once the page has such an element.
// NODE_MODULES_ROOT names the folder that holds node_modules.
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [address, file, width, height, scale, selector] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.NODE_MODULES_ROOT ?? ".") + "/");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "picture-"));
const browser = await require("puppeteer-core").launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  headless: true,
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: +width, height: +height, deviceScaleFactor: +scale });
  await page.goto(address, { waitUntil: "load" });
  if (selector) await page.waitForSelector(selector, { timeout: 60_000 });
  // Frames inside the page are painted a moment after they have been loaded.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: file });
} finally {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
