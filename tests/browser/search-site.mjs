#!/usr/bin/env node
// search-site.mjs SITE: asks the search page of a site, from its folder or its address, what stands on
// each line of the input: words, and after tabs a body and a year, where only theirs are wanted. Prints
// a line of JSON for each: what is told, the results, and how many milliseconds it took.
// NODE_MODULES_ROOT names the folder that holds node_modules.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./browser.mjs";

const [site] = process.argv.slice(2);
const base = /^https?:/.test(site) ? site.replace(/\/$/, "") : pathToFileURL(path.resolve(site)).href;
let browser;
try {
  browser = await launch();
  const page = await browser.newPage();
  const wrong = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) wrong.push(`asks for ${request.url()}`);
  });
  page.on("requestfailed", (request) => wrong.push(`${request.url()} is not there`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => wrong.push(message.text()));
  await page.goto(`${base}/search/index.html`, { waitUntil: "load" });
  await page.waitForFunction(() => !document.getElementById("ask").hidden);
  const lines = fs.readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const [words, body, year] = line.split("\t");
    const answer = await page.evaluate(async (words, body, year) => {
      const form = document.getElementById("ask");
      const told = document.getElementById("told");
      form.elements.q.value = words;
      form.elements.body.value = body ?? "";
      form.elements.year.value = year ?? "";
      told.textContent = "";
      const answered = new Promise((done) => {
        new MutationObserver(() => told.textContent !== "" && done()).observe(told, { childList: true });
      });
      const began = performance.now();
      form.requestSubmit();
      await answered;
      const ms = Math.round(performance.now() - began);
      const results = Array.from(document.querySelectorAll("#results > li")).map((item) => ({
        title: item.querySelector(".meeting-link").textContent,
        href: item.querySelector(".meeting-link").getAttribute("href"),
        where: item.querySelector(".meeting-when")?.textContent ?? "",
        pdf: item.querySelector(".meeting-when a")?.getAttribute("href") ?? "",
        found: item.querySelector(".found")?.textContent ?? "",
        marked: Array.from(item.querySelectorAll("mark")).map((mark) => mark.textContent),
      }));
      return { told: told.textContent, results, ms };
    }, words, body, year);
    console.log(JSON.stringify({ asked: line, ...answer }));
  }
  // By the keyboard alone: words, and Enter.
  await page.focus("#q");
  await page.$eval("#q", (field) => { field.value = ""; });
  await page.$eval("#told", (told) => { told.textContent = ""; });
  await page.keyboard.type(lines[0].split("\t")[0]);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("told").textContent !== "");
  for (const line of wrong) console.error(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} catch (error) {
  console.error(String(error));
  process.exitCode = 2;
} finally {
  await browser?.close();
}
