#!/usr/bin/env bash
# Tries a program built for Windows under Wine, and the installer made of it:
#     tests/install/windows.sh PACK.EXE
# Needs wine64, MinGW's compiler, and what .ci/package/windows needs. On Debian:
#     apt install wine64 gcc-mingw-w64-x86-64-win32 zip wixl msitools
# With PACK set to a program built here of the same commit, both must make the same bytes.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
PATH="$PATH:/usr/lib/wine"

root=$(mktemp -d)
export WINEPREFIX="$root/wine" WINEDEBUG=-all WINEARCH=win64
trap 'wineserver -k 2>/dev/null || true; rm -rf "$root"' EXIT
windows() { wine64 "$@" </dev/null; }
# A new folder of Wine's has no 32-bit programs, which it says and we do not need.
windows cmd /c ver >/dev/null 2>&1
# Wine 8 lacks a library of Windows 10 that gives random bytes.
system="$WINEPREFIX/drive_c/windows/system32"
if [ ! -e "$system/bcryptprimitives.dll" ]; then
    x86_64-w64-mingw32-gcc -shared -x c -o "$system/bcryptprimitives.dll" - -ladvapi32 <<'END'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T length) {
    return SystemFunction036(to, (ULONG)length);
}
END
fi

echo "The program makes the sample"
cp -r packs "$root/packs"
rm -rf "$root"/packs/{out,.pack}
windows "$program" build "$root/packs" --quiet
for made in "$root"/packs/out/*/public; do
    ls "$made"/*.pdf "$made"/*.html >/dev/null
done
if [ -n "${PACK:-}" ]; then
    cp -r packs "$root/here"
    rm -rf "$root"/here/{out,.pack}
    "$PACK" build "$root/here" --quiet
    diff -r "$root/here/out" "$root/packs/out"
fi

echo "A council of one's own, from nothing"
windows "$program" new council "$root/anytown" --name "Anytown Council"
# Its report is still to be written, so this is a draft.
windows "$program" build "$root/anytown" --allow-errors --quiet
ls "$root"/anytown/out/*/public/*.pdf >/dev/null

echo "A path with a drive, backslashes, spaces and accents"
mkdir "$root/Pwyllgor Tŷ"
cp -r examples/parish "$root/Pwyllgor Tŷ/parish"
rm -rf "$root/Pwyllgor Tŷ/parish"/{out,.pack}
said=$(windows "$program" build "Z:$(sed 's|/|\\|g' <<< "$root")\\Pwyllgor Tŷ\\parish" 2>&1)
ls "$root/Pwyllgor Tŷ/parish/out"/*/public/*.pdf >/dev/null
if grep -F '\\?\' <<< "$said"; then
    echo "No clerk knows paths such as these." >&2
    exit 1
fi

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
