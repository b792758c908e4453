#!/usr/bin/env python3
"""Measures the site of many meetings, and how soon a saved file is seen in the preview.

    cargo build --release && tests/benchmark/site.py [--meetings 400] [--pages 50] [--anew] [folder]

It makes a workspace in the folder (target/bench-site by default) of so many meetings, each with two
reports and one PDF of so many pages, builds every form of them, publishes them all, and then measures
`pack site` from nothing, again with nothing changed, and after one meeting got a supplement; with
--anew also from nothing where nothing was built before. Then it saves a
report under `pack preview` and measures how long it takes until the page, and the PDF, are new. Where
NODE_MODULES_ROOT names the folder of the browser's driver, it asks the search page of the site, too.
Run it twice in the same folder and the meetings are not made again.
"""

import argparse
import datetime
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("run", HERE / "run.py")
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)
PACK = str(run.PACK)

BODIES = ["cabinet", "planning", "scrutiny", "licensing"]
COUNCIL = """[council]
name = "Benchmark Council"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
address = ["The Town Hall"]
[site]
base = "https://meetings.benchmark.example"
"""
BODY = """name = "{name}"
kind = "committee"
[clerk]
name = "A Clerk"
phone = "01632 960000"
[[member]]
name = "A Chair"
role = "chair"
"""
AGENDA = """committee = "{body}"
[meeting]
date = {date}
time = 10:00:00
place = "The Town Hall"
published = {published}
[[item]]
title = "Report {first}"
kind = "report"
source = "one.md"
[[item.appendix]]
title = "Figures"
file = "figures.pdf"
[[item]]
title = "Report {second}"
kind = "report"
source = "two.md"
"""


def pdf(rng, pages):
    """A PDF of so many pages of text, without tags."""
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for _ in range(pages):
        lines = [run.sentence(rng)[:80] for _ in range(30)]
        text = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
        content = f"BT /F 11 Tf 60 780 Td {text} ET"
        at = len(bodies) + 1
        kids.append(f"{at} 0 R")
        bodies.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {at + 1} 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>")
        bodies.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    bodies[1] = f"<</Type/Pages/Count {pages}/Kids[{' '.join(kids)}]>>"
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010} 00000 n \n" for offset in offsets).encode()
    return out + f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def pack(folder, *arguments):
    began = time.monotonic()
    done = subprocess.run([PACK, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"pack {' '.join(arguments)}: {done.stderr}")
    return time.monotonic() - began, done


def make(folder, meetings, pages):
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "committees").mkdir(parents=True)
    (folder / "council.toml").write_text(COUNCIL)
    for body in BODIES:
        (folder / "committees" / f"{body}.toml").write_text(BODY.format(name=body.capitalize()))
    first = datetime.date(2024, 1, 8)
    for number in range(meetings):
        rng = random.Random(number)
        date = first + datetime.timedelta(days=7 * (number // len(BODIES)) + number % 4)
        body = BODIES[number % len(BODIES)]
        place = folder / "packs" / f"{date}-{body}"
        place.mkdir(parents=True)
        published = date - datetime.timedelta(days=14)
        (place / "pack.toml").write_text(AGENDA.format(body=body, date=date, published=published, first=1, second=2))
        for at, name in enumerate(["one", "two"], 1):
            sections = run.report(rng, at)[:3]
            (place / f"{name}.md").write_text(run.markdown(at, sections))
        (place / "figures.pdf").write_bytes(pdf(rng, pages))
    print("building and publishing", file=sys.stderr, flush=True)
    pack(folder, "build", "--quiet", "--format", "pdf,html")
    pack(folder, "build", "--quiet", "--format", "pdf", "--large-print")
    for place in (folder / "packs").iterdir():
        pack(folder, "publish", str(place))


def seen(folder, place, form):
    """How long it takes from a save until the preview has it, the best of five."""
    running = subprocess.Popen([PACK, "preview", str(place), "--poll", "20"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = running.stdout.readline().strip()
        state = f"{address}state/public/standard/{form}"
        report = place / "one.md"
        text = report.read_text()

        def shown():
            with urllib.request.urlopen(state) as answer:
                return json.load(answer)

        version = shown()["shown"]
        times = []
        for number in range(5):
            began = time.monotonic()
            report.write_text(text + f"\nSaved {number}.\n")
            while shown()["shown"] == version:
                time.sleep(0.005)
            times.append(time.monotonic() - began)
            version = shown()["shown"]
            time.sleep(0.2)
        report.write_text(text)
        return min(times)
    finally:
        running.kill()
        running.wait()


def answered(site):
    """How many milliseconds the search page takes to answer, the slowest of what is asked."""
    asked = "budget\nreport figures\nhighways\nthe council\nschool\t\t2025\nschool\tCabinet\n"
    script = HERE.parent / "browser" / "search-site.mjs"
    done = subprocess.run(["node", str(script), str(site)], input=asked, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the search page: {done.stderr}")
    return max(json.loads(line)["ms"] for line in done.stdout.splitlines())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=run.ROOT / "target" / "bench-site")
    arguments.add_argument("--meetings", type=int, default=400)
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--anew", action="store_true")
    asked = arguments.parse_args()
    folder, mark = asked.folder.resolve(), f"{asked.meetings} {asked.pages}"
    made = folder / "made"
    if not made.exists() or made.read_text() != mark:
        make(folder, asked.meetings, asked.pages)
        made.write_text(mark)
    count = f"{asked.meetings} meetings, {asked.meetings * (asked.pages + 4)} pages or more"
    print(f"{count}, on {os.cpu_count()} cores")
    on = ["--on", "2026-01-01", "--quiet"]

    def from_nothing():
        shutil.rmtree(folder / "out-site", ignore_errors=True)
        shutil.rmtree(folder / ".pack", ignore_errors=True)
        return pack(folder, "site", *on)[0]

    if asked.anew:
        (folder / "out").rename(folder / "out-aside")
        print(f"site, nothing built before {from_nothing():8.2f} s")
        (folder / "out-aside").rename(folder / "out")
    print(f"site from nothing          {from_nothing():8.2f} s")
    print(f"site, nothing changed      {pack(folder, 'site', *on)[0]:8.2f} s")
    place = sorted((folder / "packs").iterdir())[0]
    report = place / "two.md"
    report.write_text(report.read_text() + "\nOne more sentence.\n")
    issued = str(datetime.date.fromisoformat(place.name[:10]) - datetime.timedelta(days=3))
    pack(folder, "build", str(place), "--quiet", "--format", "pdf", "--supplement", issued)
    pack(folder, "publish", str(place), "--supplement", "--on", issued)
    print(f"site, one report changed   {pack(folder, 'site', *on)[0]:8.2f} s")
    index = folder / "out-site" / "site" / "search"
    size = sum(file.stat().st_size for file in index.rglob("*.js"))
    largest = max(index.rglob("*.js"), key=lambda file: file.stat().st_size)
    print(f"search index               {size / 1e6:8.1f} MB, its largest file {largest.stat().st_size / 1e3:.0f} KB")
    if "NODE_MODULES_ROOT" in os.environ:
        print(f"search, slowest answer     {answered(index.parent):8} ms")
    place = sorted((folder / "packs").iterdir())[1]
    print(f"saved to seen, web page    {seen(folder, place, 'web'):8.2f} s")
    print(f"saved to seen, PDF         {seen(folder, place, 'pdf'):8.2f} s")


main()
