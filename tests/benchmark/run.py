#!/usr/bin/env python3
"""Measures a 1,000-page pack: 200 pages set from Markdown, 800 appended from PDFs (110 MB).

    cargo build --release && tests/benchmark/run.py [folder]

It makes the sources in the folder (target/bench by default), then runs, in turn and several
times, `pack build`, a rebuild after one report changed, `pack check`, `qpdf --empty --pages` on
the same pages, a merge of the attachments alone beside qpdf's, and WeasyPrint on the same text. It
prints the best time of each, the ratios, and the peak memory. The build starts from nothing; a
check and a rebuild find what the build has kept. It needs qpdf, and WeasyPrint for the last
comparison.
"""

import os
import random
import shutil
import subprocess
import sys
import textwrap
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACK = Path(os.environ.get("PACK", ROOT / "target" / "release" / "pack"))
REPORTS, SECTIONS, PARAGRAPHS = 10, 10, 9
FILES, PAGES = 8, 100
IMAGE = (214, 214)
RUNS = 5

WORDS = """the council service budget report members residents proposal committee year review
programme scheme funding highway library school housing officer consultation equality finance
legal risk partner ward park cost saving capital revenue grant target measure performance plan
strategy decision recommendation community safety transport climate waste recycling street""".split()


def sentence(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randint(8, 18))]
    return " ".join(words).capitalize() + "."


def paragraph(rng):
    return " ".join(sentence(rng) for _ in range(rng.randint(4, 6)))


def report(rng, number):
    """A report as sections of paragraphs and one table each."""
    sections = []
    for section in range(SECTIONS):
        rows = [[f"Line {row + 1}", f"{rng.randint(1, 9999):,}", f"{rng.randint(1, 9999):,}"] for row in range(8)]
        sections.append((f"Section {number}.{section + 1}", [paragraph(rng) for _ in range(PARAGRAPHS)], rows))
    return sections


def markdown(number, sections, extra=""):
    lines = ["+++", f'subject = "Report {number}"', 'recommendations = "That the report be noted."',
             "background-papers = []", "+++", ""]
    for heading, paragraphs, rows in sections:
        lines += [f"# {heading}", ""]
        for text in paragraphs:
            lines += [text + extra, ""]
            extra = ""
        lines += ["| Budget | Planned | Spent |", "| --- | ---: | ---: |"]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines += [""]
    return "\n".join(lines)


def html(reports):
    parts = ['<!doctype html><html lang="en"><meta charset="utf-8"><title>Reports</title>'
             "<style>@page{size:A4;margin:22mm 25mm 25mm}body{font:11.5pt/1.4 sans-serif}"
             "table{border-collapse:collapse;width:100%}td,th{border-bottom:.5pt solid}</style>"]
    for number, sections in enumerate(reports, 1):
        parts.append(f"<h1>Report {number}</h1>")
        for heading, paragraphs, rows in sections:
            parts.append(f"<h2>{heading}</h2>")
            parts += [f"<p>{text}</p>" for text in paragraphs]
            parts.append("<table><thead><tr><th>Budget<th>Planned<th>Spent</thead><tbody>")
            parts += ["<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows]
            parts.append("</tbody></table>")
    return "".join(parts)


def lines_of(rng, count):
    """Lines of sentences that stand on the page: what runs off it is suspected of being hidden."""
    return textwrap.wrap(" ".join(sentence(rng) for _ in range(count)), 85)[:count]


def pdf(rng, title):
    """A PDF of pages with a paragraph of text and a picture of noise, which does not compress."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []

    def add(body):
        offsets.append(len(out))
        out.extend(b"%d 0 obj\n" % len(offsets) + body + b"\nendobj\n")
        return len(offsets)

    def stream(data, entries=b""):
        return b"<<%s/Length %d/Filter/FlateDecode>>stream\n" % (entries, len(data)) + data + b"\nendstream"

    font = add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    pages, kids = 2 + 3 * PAGES, []
    for page in range(PAGES):
        noise = zlib.compress(rng.randbytes(IMAGE[0] * IMAGE[1] * 3), 1)
        image = add(stream(noise, b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB" % IMAGE))
        lines = [f"({title}, page {page + 1}) Tj"] + [f"0 -14 Td ({line}) Tj" for line in lines_of(rng, 30)]
        content = f"BT /F 10 Tf 70 780 Td {' '.join(lines)} ET q 200 0 0 200 70 120 cm /I Do Q"
        text = add(stream(zlib.compress(content.encode())))
        kids.append(add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                        b"/Resources<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>>>>>" % (pages, text, font, image)))
    tree = add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (PAGES, b" ".join(b"%d 0 R" % kid for kid in kids)))
    assert tree == pages
    root = add(b"<</Type/Catalog/Pages %d 0 R>>" % pages)
    start = len(out)
    out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    for offset in offsets:
        out.extend(b"%010d 00000 n \n" % offset)
    out.extend(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, start))
    return bytes(out)


def make(folder):
    rng = random.Random(2019)
    if folder.exists():
        shutil.rmtree(folder)
    pack = folder / "packs" / "bench"
    pack.mkdir(parents=True)
    (folder / "committees").mkdir()
    (folder / "council.toml").write_text(
        '[council]\nname = "Bench Council"\njurisdiction = "england"\ntier = "principal"\n'
        'languages = ["en-GB"]\naddress = ["Bench House"]\n[pack]\nitem-sheets = false\n')
    (folder / "committees" / "board.toml").write_text('name = "Board"\nkind = "board"\n[[member]]\nname = "A"\nrole = "chair"\n')
    agenda = ['committee = "board"\n[meeting]\ndate = 2027-01-11\ntime = 10:00:00\nplace = "Bench House"\n']
    reports = [report(rng, number) for number in range(1, REPORTS + 1)]
    for number, sections in enumerate(reports, 1):
        (pack / f"report-{number}.md").write_text(markdown(number, sections))
        agenda.append(f'[[item]]\ntitle = "Report {number}"\nkind = "report"\nsource = "report-{number}.md"\n')
    for number in range(1, FILES + 1):
        (pack / f"appendix-{number}.pdf").write_bytes(pdf(rng, f"Appendix {number}"))
        agenda.append(f'[[item.appendix]]\ntitle = "Appendix {number}"\nfile = "appendix-{number}.pdf"\n')
    (pack / "pack.toml").write_text("\n".join(agenda))
    (folder / "reports.html").write_text(html(reports))
    return pack, reports


def merge_only(folder, pack):
    """A workspace whose pack is nothing but the attachments."""
    workspace = folder / "merge-only"
    inside = workspace / "packs" / "bench"
    inside.mkdir(parents=True)
    shutil.copytree(folder / "committees", workspace / "committees")
    shutil.copy(folder / "council.toml", workspace)
    agenda = [(pack / "pack.toml").read_text().split("[[item]]")[0]]
    for number in range(1, FILES + 1):
        os.link(pack / f"appendix-{number}.pdf", inside / f"appendix-{number}.pdf")
        agenda.append(f'[[item]]\ntitle = "Paper {number}"\nkind = "report"\nsource = "appendix-{number}.pdf"\n')
    (inside / "pack.toml").write_text("\n".join(agenda))
    return workspace


def timed(command):
    """Seconds of one run, which does not have to wait for what others left to be written."""
    os.sync()
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return seconds


def peak(command):
    """Peak memory of one run in megabytes, measured in a process of its own."""
    code = ("import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,"
            "stderr=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(out.stdout) * 1024 / 1e6


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "bench"
    if not PACK.exists():
        sys.exit(f"{PACK} is not there: run cargo build --release first")
    pack, reports = make(folder)
    out = folder / "result"
    build = [str(PACK), "build", str(pack), "--format", "pdf", "--allow-errors", "--quiet", "--out", str(out)]
    check = [str(PACK), "check", str(pack)]
    timed(build)
    made = out / "public" / "bench.pdf"
    attachments = sorted(str(path) for path in pack.glob("appendix-*.pdf"))
    # The pages that pack set, so that qpdf merges the same 1,000 pages.
    typeset = folder / "typeset.pdf"
    total = int(subprocess.run(["qpdf", "--show-npages", str(made)], capture_output=True, text=True, check=True).stdout)
    own = total - FILES * PAGES
    subprocess.run(["qpdf", "--empty", "--pages", str(made), f"1-{own}", "--", str(typeset)], check=True)
    qpdf = ["qpdf", "--empty", "--pages", str(typeset), *attachments, "--", str(folder / "qpdf.pdf")]
    weasyprint = ["weasyprint", "-q", str(folder / "reports.html"), str(folder / "weasyprint.pdf")]

    merge = [str(PACK), "build", str(merge_only(folder, pack)), "--format", "pdf", "--allow-errors", "--quiet",
             "--no-cache", "--out", str(folder / "merged")]
    qpdf_merge = ["qpdf", "--empty", "--pages", *attachments, "--", str(folder / "qpdf.pdf")]

    size = sum(os.path.getsize(path) for path in attachments) / 1e6
    print(f"{total} pages: {own} set, {FILES * PAGES} appended ({size:.0f} MB)")
    best = {}
    for run in range(RUNS):
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(folder / ".pack", ignore_errors=True)
        commands = (("build", build), ("qpdf", qpdf), ("check", check), ("merge", merge), ("qpdf merge", qpdf_merge))
        for name, command in commands:
            best[name] = min(best.get(name, 1e9), timed(command))
        changed = markdown(1, reports[0], f" Changed {run}.")
        (pack / "report-1.md").write_text(changed)
        best["rebuild"] = min(best.get("rebuild", 1e9), timed(build))
    if shutil.which("weasyprint"):
        best["weasyprint"] = min(timed(weasyprint) for _ in range(RUNS))
        set_only = folder / "set-only"
        text = (pack / "pack.toml").read_text().split("[[item.appendix]]")[0]
        shutil.copytree(folder / "committees", set_only / "committees")
        shutil.copy(folder / "council.toml", set_only)
        (set_only / "packs" / "bench").mkdir(parents=True)
        for path in pack.glob("*.md"):
            shutil.copy(path, set_only / "packs" / "bench")
        (set_only / "packs" / "bench" / "pack.toml").write_text(text)
        set_all = [str(PACK), "build", str(set_only), "--format", "pdf", "--allow-errors", "--quiet", "--no-cache"]
        best["set"] = min(timed(set_all) for _ in range(RUNS))

    for name, seconds in sorted(best.items()):
        print(f"{name:12} {seconds:7.2f} s")
    print(f"build / qpdf     {best['build'] / best['qpdf']:.2f}  (at most 3)")
    print(f"rebuild / qpdf   {best['rebuild'] / best['qpdf']:.2f}  (at most 1.5)")
    print(f"check / build    {best['check'] / best['build']:.2f}  (under 0.1)")
    print(f"merge / qpdf     {best['merge'] / best['qpdf merge']:.2f}  (at most 2)")
    if "weasyprint" in best:
        print(f"weasyprint / set {best['weasyprint'] / best['set']:.1f}  (at least 10)")
    shutil.rmtree(folder / ".pack", ignore_errors=True)
    print(f"peak memory      {peak(build):.0f} MB  (at most {3 * size + 200:.0f} MB)")
    print(f"of the merge     {peak(merge):.0f} MB  (at most {3 * size:.0f} MB)")


if __name__ == "__main__":
    main()
