#!/usr/bin/env bash
# Installs a package of the program in a bare Debian without Rust, makes a first pack there, and
# prints how long that took: tests/install/debian.sh PACKAGE.deb
# Needs root, and mmdebstrap or debootstrap.
set -euo pipefail
package=$(realpath "$1")
release="${2:-$(. /etc/os-release && echo "$VERSION_CODENAME")}"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
if command -v mmdebstrap >/dev/null; then
    mmdebstrap --quiet --variant=minbase "$release" "$root"
elif command -v debootstrap >/dev/null; then
    debootstrap --variant=minbase "$release" "$root" >/dev/null
else
    echo "There is neither mmdebstrap nor debootstrap here." >&2
    exit 2
fi
cp "$package" "$root/pack.deb"
bare() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }

if bare sh -c 'command -v cargo || command -v rustc'; then
    echo "This Debian is not bare: it has Rust." >&2
    exit 1
fi
start=$(date +%s.%N)
bare apt-get install -yq --no-install-recommends /pack.deb >/dev/null
installed=$(date +%s.%N)
bare sh -ec '
    cd /root
    pack init anytown --name "Anytown Council" --jurisdiction england --tier principal \
        --body "Scrutiny Committee" </dev/null
    # Its report is still to be written, so this is a draft, and says so on every page.
    pack build anytown --allow-errors --quiet
    pack guide --out guide.html
    test -s anytown/out/*/public/*.pdf
    test -s anytown/out/*/public/*.html
    test -s guide.html
    test -s /usr/share/man/man1/pack-build.1.gz
    test -s /usr/share/bash-completion/completions/pack
    test -s /usr/share/doc/pack/copyright
'
end=$(date +%s.%N)
printf 'installed in %.1f s, first pack after %.1f s\n' \
    "$(echo "$installed - $start" | bc)" "$(echo "$end - $start" | bc)"
bare apt-get remove -yq pack >/dev/null
if bare sh -c 'command -v pack'; then
    echo "It is still there after it was removed." >&2
    exit 1
fi
