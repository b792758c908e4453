#!/usr/bin/env python3
"""List what the program says of hidden words in PDFs, for somebody to judge by eye.

    tests/measure/hidden.py PACK PDF ... [--draw FOLDER]

PACK is the program. Each PDF is checked as a public paper. One line a finding, with tabs between:
severity, code, file, page, what was found. With --draw, poppler draws the first page of each error
into FOLDER, under the number of its line. The numbers of each severity and code end the list.
"""

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

CODES = ("redaction-failed", "attachment-unreadable")
AT_ONCE = 60  # papers in a pack
COUNCIL = """[council]
name = "Anytown Council"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
address = ["The Town Hall"]
"""
BODY = 'name = "Board"\nkind = "board"\n[clerk]\nname = "A Clerk"\nphone = "01632 960000"\n'
MEETING = """committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "Committee Room 1"
[[item]]
title = "Papers"
kind = "report"
source = "report.md"
"""


def found(pack, papers):
    """The findings in some papers: severity, code, paper, page, words."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in (
            ("council.toml", COUNCIL),
            ("committees/board.toml", BODY),
            ("packs/m/report.md", "# 1. Introduction\n\n1.1 Text.\n"),
        ):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        meeting = MEETING
        for number, paper in enumerate(papers):
            shutil.copyfile(paper, root / f"packs/m/a{number:03}.pdf")
            meeting += f'[[item.appendix]]\ntitle = "Paper {number}"\nfile = "a{number:03}.pdf"\norigin = "third-party"\n'
        (root / "packs/m/pack.toml").write_text(meeting)
        command = [pack, "check", "--public=no", "--format", "json", "packs/m"]
        said = subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
        for finding in json.loads(said)["findings"]:
            paper = re.search(r"a(\d{3})\.pdf", finding["message"])
            if finding["code"] in CODES and paper:
                page = re.search(r", pages? (\d+)", finding["message"])
                words = finding["message"].split(": ", 1)[-1]
                yield finding["severity"], finding["code"], papers[int(paper[1])], page and page[1], words


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pack", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("papers", nargs="+", type=pathlib.Path)
    parser.add_argument("--draw", type=pathlib.Path)
    options = parser.parse_args()
    counts = collections.Counter()
    for first in range(0, len(options.papers), AT_ONCE):
        for severity, code, paper, page, words in found(options.pack, options.papers[first : first + AT_ONCE]):
            counts[severity, code] += 1
            print(severity, code, paper, page or "-", words, sep="\t", flush=True)
            if options.draw and severity == "error":
                options.draw.mkdir(parents=True, exist_ok=True)
                name = options.draw / f"{sum(counts.values()):04}"
                page = page or "1"
                command = ["pdftoppm", "-r", "60", "-png", "-singlefile", "-f", page, "-l", page, paper, name]
                subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
    for (severity, code), count in sorted(counts.items()):
        print(f"{count:6}  {severity} {code}")


if __name__ == "__main__":
    main()
