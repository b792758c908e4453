#!/usr/bin/env python3
"""Measure how well finished packs can be read in large print, and print the table.

    tests/measure/reach.py PACK WORKSPACE ... [--print 18pt,24pt,40pt] [--lost]

PACK is the program, each WORKSPACE a folder with council.toml. Every pack of every workspace is
built in standard print and at every size, and read with poppler and qpdf, not with anything of this
project. A pack with errors is built as a draft. One line a pack and size:

    std        pages of the standard edition
    pages, x   pages at this size, and how many times as many that is
    off        words that reach over an edge of their page or stand beyond it
    foot       words in the strip of the page number that are not on most pages there
    over       pairs of words printed over one another
    alike      pages that say the same as the page before them
    tagged     share of the words of tagged papers that are kept, in print and on the web
    untagged   the same of papers without tags, those left out for which a slip page stands
    slips      papers for which a slip page stands
    astray     share of the words that stand under another standard page's mark, in print, on the web
    headings   figures on the web page that stand under a heading of another column, of those that
               can be told

--lost lists the words that are lost, paper by paper.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import papers
import words

SLIP = 1 / 3  # of the words of a paper: fewer, and a leaf stands for it


def build(pack, meeting, size, folder):
    manifest = pathlib.Path(folder, "manifest.json")
    for more in ([], ["--allow-errors"]):
        if not manifest.is_file():
            subprocess.run(
                [pack, "build", meeting, "--print", size, "--no-cache", "--out", folder, *more],
                capture_output=True,
                check=False,
            )
    if not manifest.is_file():
        return None
    return json.loads(manifest.read_text())["documents"][0]


def sections(page):
    """The part of a web page for each document, by its key."""
    found = {}
    for piece in page.split('<section class="document')[1:]:
        piece = piece.split('<article class="item"')[0]
        key = piece.split('id="')
        for at in range(1, len(key)):
            found.setdefault(key[at].split('"')[0], piece)
    return found


def shares(folder, document, pages, page, report):
    """The share of the words of tagged and of untagged papers that is kept in print and on the web,
    how many slip pages there are, and the figures under wrong headings."""
    counts = {True: [0, 0, 0], False: [0, 0, 0]}
    slips = wrong = sure = 0
    web = sections(page)
    for part in document["parts"]:
        paper = (folder / document["path"]).parent / "papers" / f"{part['key']}.pdf"
        if not paper.is_file():
            continue
        said = papers.words(papers.own(str(paper)))
        here = pages[part["first_page"] - 1 : part["first_page"] - 1 + part["pages"]]
        made = papers.words("\n".join(map(papers.without_furniture, here)))
        if len(made) < len(said) * SLIP:
            slips += 1
            continue
        tagged = re.search(r"Tagged:\s+yes", papers.read("pdfinfo", str(paper))) is not None
        section = web.get(part["key"], "")
        kept = papers.lost(said, made)
        on_web = papers.lost(said, papers.words(papers.Page(section).text))
        counts[tagged][0] += len(said)
        counts[tagged][1] += kept.total()
        counts[tagged][2] += on_web.total()
        misplaced, told = papers.misplaced(str(paper), section)
        wrong, sure = wrong + len(misplaced), sure + told
        if report and (kept or on_web or misplaced):
            print(f"    {part['key']}: print {dict(kept)}, web {dict(on_web)}, headings {misplaced}")
    share = {
        kind: tuple(f"{1 - gone / all_words:.2%}" if all_words else "–" for gone in (print_, web_))
        for kind, (all_words, print_, web_) in counts.items()
    }
    return share, slips, f"{wrong}/{sure}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pack")
    parser.add_argument("workspaces", nargs="+")
    parser.add_argument("--print", default="18pt,24pt,40pt", dest="sizes")
    parser.add_argument("--lost", action="store_true")
    args = parser.parse_args()
    print(
        f"{'pack':34} {'print':5} {'std':>5} {'pages':>6} {'x':>5} {'off':>4} {'foot':>4} {'over':>4} "
        f"{'alike':>5} {'tagged':>15} {'untagged':>15} {'slips':>5} {'astray':>13} {'headings':>9}"
    )
    failed = False
    for workspace in args.workspaces:
        for meeting in sorted(pathlib.Path(workspace, "packs").iterdir()):
            if meeting.is_dir():
                failed |= not table(args, meeting)
    sys.exit(failed)


def table(args, meeting):
    with tempfile.TemporaryDirectory() as out:
        standard = build(args.pack, meeting, "standard", f"{out}/standard")
        if standard is None:
            print(f"{meeting.name:34} not built")
            return False
        first = next((part["first_page"] for part in standard["parts"] if part.get("item")), 1)
        on = papers.read("pdftotext", "-raw", f"{out}/standard/{standard['path']}", "-").split("\f")
        on.pop()
        numbered = list(zip(standard["numbers"], on))[first - 1 :]
        numbered = {number: page for number, page in numbered if number is not None}
        for size in args.sizes.split(","):
            folder = pathlib.Path(out, size)
            document = build(args.pack, meeting, size, folder)
            if document is None:
                print(f"{meeting.name:34} {size:5} not built")
                return False
            pdf = folder / document["path"]
            count, off, foot, over, alike, _, worst = words.measure(pdf, size)
            pages = papers.read("pdftotext", "-raw", str(pdf), "-").split("\f")
            page = pdf.with_suffix(".html").read_text()
            share, slips, headings = shares(folder, document, pages, page, args.lost)
            text = " ".join(map(papers.without_furniture, pages))
            text = re.sub(r"Standard pages?\s+(?=\d)", "Standard page ", text)
            leaves = papers.under(text, "Standard page ")[1]
            astray = [
                f"{papers.astray(numbered, text, 'Standard page '):.2%}",
                f"{papers.astray(numbered, papers.Page(page).text, chr(1), leaves):.2%}",
            ]
            print(
                f"{meeting.name:34} {size:5} {len(on):5} {count:6} {count / len(on):5.2f} {off:4} {foot:4} "
                f"{over:4} {alike:5} {' '.join(share[True]):>15} {' '.join(share[False]):>15} "
                f"{slips:5} {' '.join(astray):>13} {headings:>9}",
                f" worst pages: {worst}" if worst else "",
                flush=True,
            )
    return True


if __name__ == "__main__":
    main()
