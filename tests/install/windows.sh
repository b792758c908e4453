#!/usr/bin/env bash
# Tries a program built for Windows under Wine, and the installer made of it:
#     tests/install/windows.sh PACK.EXE
# Needs wine64, and what .ci/package/windows needs. On Debian:
#     apt install wine64 zip wixl msitools
# A program built with MinGW wants zlib1.dll and the like beside it where it links them.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
PATH="$PATH:/usr/lib/wine"

root=$(mktemp -d)
export WINEPREFIX="$root/wine" WINEDEBUG=-all WINEARCH=win64
trap 'wineserver -k 2>/dev/null || true; rm -rf "$root"' EXIT
windows() { wine64 "$@" </dev/null; }
# Wine says in a new folder that there are no 32-bit programs: that is no fault.
windows cmd /c ver >/dev/null 2>&1

echo "The program makes the sample"
cp -r packs "$root/packs"
rm -rf "$root/packs/out"
(cd "$root" && windows "$program" build packs --quiet)
for made in "$root"/packs/out/*/public; do
    ls "$made"/*.pdf "$made"/*.html >/dev/null
done
# Same sources, same bytes: on Windows too, where the same commit was built here.
if [ -n "${PACK:-}" ]; then
    cp -r packs "$root/here"
    rm -rf "$root/here/out"
    "$PACK" build "$root/here" --quiet
    diff -r "$root/here/out" "$root/packs/out"
fi

echo "A council of one's own, from nothing"
(cd "$root" && windows "$program" new council anytown --name "Anytown Council" --quiet) ||
    (cd "$root" && windows "$program" new council anytown --name "Anytown Council")
(cd "$root/anytown" && windows "$program" check >/dev/null || test $? = 1)

echo "A path with a drive, backslashes, spaces and accents"
mkdir "$root/Pwyllgor Tŷ"
cp -r examples/parish "$root/Pwyllgor Tŷ/parish"
rm -rf "$root/Pwyllgor Tŷ/parish/out"
windows "$program" build "Z:$(sed 's|/|\\|g' <<< "$root")\\Pwyllgor Tŷ\\parish" --quiet
ls "$root/Pwyllgor Tŷ/parish/out"/*/public/*.pdf >/dev/null

echo "The installer puts it on the path, and takes it off"
.ci/package/windows "$program" "$root/dist" >/dev/null
installer=$(ls "$root"/dist/*.msi)
windows msiexec /i "$installer" /qn
(cd "$root/packs" && windows cmd /c "pack --version" | grep '^pack ')
windows msiexec /x "$installer" /qn
if [ -e "$WINEPREFIX/drive_c/Program Files/pack/pack.exe" ]; then
    echo "It is still there after it was removed." >&2
    exit 1
fi
echo "All of it works"
