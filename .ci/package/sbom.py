#!/usr/bin/env python3
"""Prints a software bill of materials (CycloneDX 1.5, JSON) of the program: every crate that is in
it, with its version, licence and checksum, from Cargo.lock and cargo metadata. The same lock file
gives the same bytes. Usage: .ci/package/sbom.py [TARGET]"""

import json
import subprocess
import sys
import tomllib

target = ["--filter-platform", sys.argv[1]] if len(sys.argv) > 1 else []
metadata = json.loads(
    subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", *target],
        check=True,
        capture_output=True,
    ).stdout
)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
with open("Cargo.lock", "rb") as file:
    lock = tomllib.load(file)
checksums = {
    (package["name"], package["version"]): package.get("checksum")
    for package in lock["package"]
}


def needed(node):
    """The crates that are in the program: neither those of tests nor those that only build it."""
    return [
        dependency["pkg"]
        for dependency in node["deps"]
        if any(kind["kind"] is None for kind in dependency["dep_kinds"])
    ]


root = metadata["resolve"]["root"]
found, waiting = set(), [root]
while waiting:
    one = waiting.pop()
    if one not in found:
        found.add(one)
        waiting.extend(needed(nodes[one]))


def reference(one):
    package = packages[one]
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(one):
    package = packages[one]
    checksum = checksums.get((package["name"], package["version"]))
    described = {
        "type": "application" if one == root else "library",
        "bom-ref": reference(one),
        "name": package["name"],
        "version": package["version"],
        "purl": reference(one),
    }
    if package.get("license"):
        described["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if checksum:
        described["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return described


in_order = sorted(found - {root}, key=reference)
print(
    json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": {"component": component(root)},
            "components": [component(one) for one in in_order],
            "dependencies": [
                {
                    "ref": reference(one),
                    "dependsOn": sorted({reference(other) for other in needed(nodes[one])}),
                }
                for one in [root, *in_order]
            ],
        },
        indent=2,
    )
)
