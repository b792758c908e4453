#!/usr/bin/env python3
"""Hold our reading of Word files against pandoc's and LibreOffice's.

    tests/measure/word.py PACK FILE.docx ...

PACK is the program. Each file is read by `pack convert`, by pandoc and, through plain text, by
LibreOffice. Prints one line a file and other reader:

    words      how many words the other reader has
    in order   share of them that we have too, in the same order
    missing    the first stretches that we do not have

Words are runs of letters, and figures of three digits and more: automatic numbers and bullets are
written by some readers and not by others.
"""

import difflib
import html
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower()
    return re.findall(r"[^\W\d_]+|\d{3,}", text)


def run(*command):
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace"
    ).stdout


def without_tags(page):
    """What a page says; plain text would set the lines of cells side by side."""
    page = re.sub(r"<sup>\d+</sup>", " ", page)
    page = re.sub(r"</?(?:a|em|strong|span|u|del|mark|sup|sub)\b[^>]*>", "", page)
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def ours(pack, file, folder):
    made = folder / "own.md"
    subprocess.run(
        [pack, "convert", str(file), "--to", str(made)], capture_output=True
    )
    if not made.exists():
        return None
    return without_tags(run("pandoc", "-f", "commonmark_x", "-t", "html", str(made)))


def pandoc(file, folder):
    return without_tags(run("pandoc", "-f", "docx", "-t", "html", str(file)))


def office(file, folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run(
        *("soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"),
        *("--outdir", str(folder), str(file)),
    )
    made = folder / (file.stem + ".txt")
    return made.read_text(encoding="utf-8-sig") if made.exists() else ""


def main(pack, *files):
    totals = {}
    for file in map(pathlib.Path, files):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            text = ours(pack, file, folder)
            if text is None:
                print(f"{file.name}: not read")
                continue
            own = words(text)
            for name, reader in [("pandoc", pandoc), ("LibreOffice", office)]:
                theirs = words(reader(file, folder))
                matcher = difflib.SequenceMatcher(None, theirs, own, autojunk=False)
                same = sum(block.size for block in matcher.get_matching_blocks())
                missing = [
                    " ".join(theirs[start:end][:8])
                    for kind, start, end, _, _ in matcher.get_opcodes()
                    if kind in ("delete", "replace")
                ]
                share = same / len(theirs) if theirs else 1
                total = totals.setdefault(name, [0, 0])
                total[0] += same
                total[1] += len(theirs)
                more = "; ".join(missing[:4])
                print(f"{file.name}\t{name}\t{len(theirs)}\t{share:.2%}\t{more}")
    for name, (same, count) in totals.items():
        print(f"all\t{name}\t{count}\t{same / max(count, 1):.3%}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
