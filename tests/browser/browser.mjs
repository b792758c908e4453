// The browser that every check here uses: without a window, with a profile of its own that is gone when
// the check ends. NODE_MODULES_ROOT names the folder that holds node_modules.
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const root = path.resolve(process.env.NODE_MODULES_ROOT ?? ".");
export const require = createRequire(root + "/");

// Starts it; `more` are further arguments to it.
export function launch(more = []) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
  process.on("exit", () => fs.rmSync(profile, { recursive: true, force: true }));
  return require("puppeteer-core").launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    headless: true,
    // A machine that is busy takes its time.
    timeout: 120_000,
    userDataDir: profile,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-sync",
      "--disable-dev-shm-usage",
      ...more,
    ],
  });
}
