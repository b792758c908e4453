#!/usr/bin/env python3
"""Measures packs of the real shape: many tagged PDFs, each of some dozen pages and full of objects.

    cargo build --release && tests/benchmark/real.py [--pages 500] [--runs 3] [--workspace FOLDER] [folder]

It makes a workspace in the folder (target/bench-real by default) of so many pages: tagged PDFs of 10 to 40
pages with 280 structure elements a page, and one report in Markdown for each ten of them. With
--workspace it measures a copy of that instead, --copies times over. It prints a table of the median of
the runs: seconds, seconds of processor time, and megabytes of memory at the most, for a build from
nothing, one with nothing changed, with one report changed and with one PDF changed; as PDF alone, with
the web page, and in large print; then of a check. Beside it stand qpdf, mutool and pdfunite on the same
PDFs, as far as they are installed: all three drop the tags.
"""

import argparse
import importlib.util
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("run", HERE / "run.py")
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)
PACK = str(run.PACK)

ELEMENTS = 280
ROWS, COLUMNS = 46, 5
PACKED = 200


def pdf(rng, pages):
    """A tagged PDF: on each page a table of short cells, each an element with a row around every five."""
    objects, streams = {}, {}
    count = 0

    def new():
        nonlocal count
        count += 1
        return count

    catalog, tree, root, document, parents, font = (new() for _ in range(6))
    page_ids, tables, lists = [], [], []
    for number in range(pages):
        page, content, table, listed = new(), new(), new(), new()
        page_ids.append(page)
        tables.append(table)
        lists.append(listed)
        rows, cells, lines = [], [], ["/F 7 Tf"]
        for row in range(ROWS):
            place = new()
            rows.append(place)
            own = []
            for column in range(COLUMNS):
                cell = new()
                own.append(cell)
                word = f"{rng.choice(run.WORDS)} {rng.randint(1, 9999)}"
                lines.append(f"/TD<</MCID {len(cells)}>>BDC BT /F 7 Tf {50 + 100 * column} {780 - 15 * row} Td ({word}) Tj ET EMC")
                objects[cell] = f"<</Type/StructElem/S/TD/P {place} 0 R/Pg {page} 0 R/K {len(cells)}>>"
                cells.append(cell)
            kids = " ".join(f"{cell} 0 R" for cell in own)
            objects[place] = f"<</Type/StructElem/S/TR/P {table} 0 R/Pg {page} 0 R/K[{kids}]>>"
        streams[content] = zlib.compress("\n".join(lines).encode())
        objects[table] = f"<</Type/StructElem/S/Table/P {document} 0 R/Pg {page} 0 R/K[{' '.join(f'{row} 0 R' for row in rows)}]>>"
        objects[listed] = f"[{' '.join(f'{cell} 0 R' for cell in cells)}]"
        objects[page] = (f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/StructParents {number}"
                         f"/Tabs/S/Resources<</Font<</F {font} 0 R>>>>>>")
    assert abs(ROWS * (COLUMNS + 1) + 1 - ELEMENTS) < 10
    references = lambda ids: " ".join(f"{one} 0 R" for one in ids)
    objects[catalog] = f"<</Type/Catalog/Pages {tree} 0 R/StructTreeRoot {root} 0 R/MarkInfo<</Marked true>>/Lang(en-GB)>>"
    objects[tree] = f"<</Type/Pages/Count {pages}/Kids[{references(page_ids)}]>>"
    objects[root] = f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {pages}>>"
    objects[document] = f"<</Type/StructElem/S/Document/P {root} 0 R/K[{references(tables)}]>>"
    objects[parents] = f"<</Nums[{' '.join(f'{key} {one} 0 R' for key, one in enumerate(lists))}]>>"
    objects[font] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}

    def write(number, entries, data):
        places[number] = (1, len(out), 0)
        out.extend(f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(data)}>>stream\n".encode() + data + b"\nendstream\nendobj\n")

    for number, data in streams.items():
        write(number, "", data)
    numbers = sorted(objects)
    for start in range(0, len(numbers), PACKED):
        group = numbers[start:start + PACKED]
        index, body = [], ""
        for number in group:
            index.append(f"{number} {len(body)}")
            body += objects[number] + "\n"
        head = " ".join(index) + " "
        holder = new()
        for at, number in enumerate(group):
            places[number] = (2, holder, at)
        write(holder, f"/Type/ObjStm/N {len(group)}/First {len(head)}", zlib.compress((head + body).encode()))
    own, start = new(), len(out)
    places[own] = (1, start, 0)
    table = b"\0\0\0\0\0\0\0" + b"".join(
        bytes([kind]) + value.to_bytes(4, "big") + at.to_bytes(2, "big") for kind, value, at in (places[n] for n in range(1, own + 1)))
    write(own, f"/Type/XRef/Size {own + 1}/W[1 4 2]/Root {catalog} 0 R", zlib.compress(table))
    out.extend(f"startxref\n{start}\n%%EOF\n".encode())
    return bytes(out)


def make(folder, pages):
    rng = random.Random(pages)
    pack = folder / "packs" / "bench"
    pack.mkdir(parents=True)
    (folder / "committees").mkdir()
    (folder / "council.toml").write_text(
        '[council]\nname = "Bench Council"\njurisdiction = "england"\ntier = "principal"\n'
        'languages = ["en-GB"]\naddress = ["Bench House"]\n')
    (folder / "committees" / "board.toml").write_text('name = "Board"\nkind = "board"\n[[member]]\nname = "A"\nrole = "chair"\n')
    agenda = ['committee = "board"\n[meeting]\ndate = 2027-01-11\ntime = 10:00:00\nplace = "Bench House"\n']
    number = 0
    while pages > 0:
        if number % 10 == 0:
            report = run.report(rng, number)[:3]
            (pack / f"report-{number}.md").write_text(run.markdown(number, report))
            agenda.append(f'[[item]]\ntitle = "Report {number}"\nkind = "report"\nsource = "report-{number}.md"\n')
        count = min(pages, rng.randint(10, 40))
        (pack / f"appendix-{number:03}.pdf").write_bytes(pdf(rng, count))
        agenda.append(f'[[item.appendix]]\ntitle = "Appendix {number}"\nfile = "appendix-{number:03}.pdf"\n')
        pages -= count
        number += 1
    (pack / "pack.toml").write_text("\n".join(agenda))


def copy(workspace, folder, copies):
    """A workspace with the papers of the first pack of another, so many times over."""
    source = sorted((workspace / "packs").iterdir())[0]
    pack = folder / "packs" / source.name
    pack.mkdir(parents=True)
    shutil.copytree(workspace / "committees", folder / "committees")
    shutil.copy(workspace / "council.toml", folder)
    text = (source / "pack.toml").read_text()
    head, _, items = text.partition("[[item]]")
    parts = [head]
    for number in range(copies):
        shutil.copytree(source, pack / f"copy-{number}", ignore=shutil.ignore_patterns("pack.toml", "published.*"))
        parts.append(re.sub(r'^((?:source|file)\s*=\s*")', rf"\g<1>copy-{number}/", "[[item]]" + items, flags=re.M))
    (pack / "pack.toml").write_text("".join(parts))


def measured(command):
    """Seconds, seconds of processor time and megabytes at the most of one run, in a process of its own."""
    os.sync()
    code = ("import resource,subprocess,sys,time;start=time.perf_counter();"
            "done=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
            "took=time.perf_counter()-start;used=resource.getrusage(resource.RUSAGE_CHILDREN);"
            "print(done.returncode,took,used.ru_utime+used.ru_stime,used.ru_maxrss)")
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout.split()
    # qpdf ends with 3 where it warns.
    if int(out[0]) not in (0, 1, 3):
        sys.exit(f"{' '.join(command)} failed with {out[0]}")
    return float(out[1]), float(out[2]), int(out[3]) * 1024 / 1e6


def median(runs):
    return tuple(statistics.median(column) for column in zip(*runs))


def pages_of(made):
    """How many pages a pack has, by its manifest."""
    manifest = json.loads((made.parent.parent / "manifest.json").read_text())
    return manifest["documents"][0]["pages"]


def settled():
    """Waits until what was written is known to be as it is."""
    time.sleep(5)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=run.ROOT / "target" / "bench-real")
    arguments.add_argument("--pages", type=int, default=500)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--workspace", type=Path)
    arguments.add_argument("--copies", type=int, default=1)
    asked = arguments.parse_args()
    folder = asked.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    if asked.workspace:
        copy(asked.workspace.resolve(), folder, asked.copies)
    else:
        make(folder, asked.pages)
    pack = next((folder / "packs").iterdir())
    papers = sorted(pack.rglob("*.pdf"))
    size = sum(paper.stat().st_size for paper in papers) / 1e6
    out, kept = folder / "result", folder / ".pack"
    agenda = pack / "pack.toml"
    report = next(iter(sorted(pack.rglob("*.md"))), None)

    def change_report(number):
        if report:
            report.write_text(report.read_text() + f"\nChanged {number}.\n")
        else:
            # Without a report of our own, what the agenda says of an item.
            text = agenda.read_text()
            agenda.write_text(re.sub(r'^(title = "[^"]*?)( \(changed \d+\))?"$', rf'\g<1> (changed {number})"', text, count=1, flags=re.M))

    def change_paper(number):
        # Behind its end, where it says nothing.
        papers[0].write_bytes(papers[0].read_bytes() + b"%% %d\n" % number)

    def nothing(_):
        pass

    def cold(_):
        shutil.rmtree(kept, ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)

    build = [PACK, "build", str(pack), "--allow-errors", "--quiet", "--out", str(out)]
    forms = [("PDF", ["--format", "pdf"]), ("PDF and web page", []), ("large print", ["--format", "pdf", "--large-print"])]
    changes = [("from nothing", cold), ("nothing changed", nothing), ("one report changed", change_report), ("one PDF changed", change_paper)]
    rows, pages = [], 0
    for form, options in forms:
        for change, prepare in changes:
            runs = []
            for number in range(asked.runs):
                prepare(number)
                runs.append(measured(build + options))
            rows.append((f"`pack build`, {form}, {change}", median(runs)))
        pages = pages or pages_of(next((out / "public").glob("*.pdf")))
    settled()
    measured([PACK, "check", str(pack)])
    rows.append(("`pack check`, nothing changed", median([measured([PACK, "check", str(pack)]) for _ in range(asked.runs)])))
    names = [str(paper) for paper in papers]
    merged = str(folder / "merged.pdf")
    others = {
        "qpdf --empty --pages": ["qpdf", "--empty", "--pages", *names, "--", merged],
        "mutool merge": ["mutool", "merge", "-o", merged, *names],
        "pdfunite": ["pdfunite", *names, merged],
    }
    for name, command in others.items():
        if shutil.which(command[0]):
            rows.append((f"`{name}` (drops the tags)", median([measured(command) for _ in range(asked.runs)])))
        else:
            print(f"{command[0]} is not installed and is left out", file=sys.stderr)
    print(f"{pages} pages, {len(papers)} PDFs, {size:.1f} MB, {os.cpu_count()} cores, median of {asked.runs}\n")
    print("| | seconds | processor | memory, MB |\n| --- | ---: | ---: | ---: |")
    for name, (seconds, processor, memory) in rows:
        print(f"| {name} | {seconds:.2f} | {processor:.2f} | {memory:.0f} |")
    print(f"\nmemory at the most: {max(row[1][2] for row in rows if 'pack' in row[0]):.0f} MB; four times the input and 200: {4 * size + 200:.0f} MB")


if __name__ == "__main__":
    main()
