"""What is shipped, told from the lock alone: `python .ci/supply.py sbom|licences|audit`. Needs Python and nothing else.

`sbom` prints a CycloneDX 1.6 document, the same for the same lock; `licences` prints one line a package; `audit` says
which locked packages are older than the least version in which the advisories that we know of are mended.
Exit code 1 when a package has no licence on the list, or one that the policy does not allow, or is too old.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LOCK = ROOT / "requirements.lock"
ENTRY = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)( ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
# Where the serial number of a document comes from: the lock that it is about.
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def packages(lock: str) -> list[dict[str, Any]]:
    """Every package of a lock: name, version, the marker that it is for, the hashes of its files."""
    found = []
    for name, version, marker, hashes in ENTRY.findall(lock):
        sums = sorted(re.findall(r"[0-9a-f]{64}", hashes))
        found.append({"name": name, "version": version, "marker": marker.removeprefix(" ; "), "hashes": sums})
    return found


def sbom(lock: str, licences: dict[str, str], project: dict[str, Any]) -> dict[str, Any]:
    """The bill of materials (CycloneDX 1.6). Hashes are those of every file that may be installed."""
    components = [_component(each, licences.get(each["name"])) for each in packages(lock)]
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, sha256(lock.encode()).hexdigest())}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": own, "name": project["name"], "version": project["version"],
                "purl": own,
            }
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [each["bom-ref"] for each in components]}],
    }  # fmt: skip


def bad_licences(lock: str, listed: dict[str, Any]) -> list[str]:
    """What the policy does not let us ship, one sentence each."""
    names = {each["name"] for each in packages(lock)}
    known = listed["packages"]
    allowed = set(listed["policy"]["allowed"])
    return [
        *(f"{name}: no licence on the list" for name in sorted(names - known.keys())),
        *(f"{name}: on the list, not in the lock" for name in sorted(known.keys() - names)),
        *(
            f"{name}: {known[name]} is not allowed"
            for name in sorted(names & known.keys())
            if not _may(known[name], allowed)
        ),
    ]


def too_old(lock: str, advisories: dict[str, Any]) -> list[str]:
    """Locked packages with a known hole, and packages that are not to be used at all, one sentence each."""
    found = []
    for each in packages(lock):
        name = each["name"]
        if name in advisories["refused"]:
            found.append(f"{name}: {advisories['refused'][name]}")
        least = advisories["least"].get(name)
        if least and _numbers(each["version"]) < _numbers(least["version"]):
            found.append(f"{name} {each['version']} is older than {least['version']}: {', '.join(least['advisories'])}")
    return found


def main(wanted: str) -> int:
    """Carry out one of the three."""
    lock = LOCK.read_text(encoding="utf-8")
    listed = json.loads((HERE / "licences.json").read_text(encoding="utf-8"))
    if wanted == "sbom":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        say(json.dumps(sbom(lock, listed["packages"], project), ensure_ascii=False, indent=2))
        return 0
    if wanted == "licences":
        for each in packages(lock):
            say(f"{each['name']} {each['version']}: {listed['packages'].get(each['name'], '?')}")
        bad = bad_licences(lock, listed)
    elif wanted == "audit":
        advisories = json.loads((HERE / "advisories.json").read_text(encoding="utf-8"))
        say(f"{len(packages(lock))} packages, advisories read on {advisories['read_on']}")
        bad = too_old(lock, advisories)
    else:
        say(__doc__ or "", sys.stderr)
        return 2
    for each in bad:
        say(each, sys.stderr)
    return 1 if bad else 0


def say(line: str, where: TextIO = sys.stdout) -> None:
    """One line for whoever called."""
    where.write(f"{line}\n")


def _component(package: dict[str, Any], licence: str | None) -> dict[str, Any]:
    purl = f"pkg:pypi/{package['name']}@{package['version']}"
    properties = [{"name": "kehoach:marker", "value": package["marker"]}] if package["marker"] else []
    hashes = [{"alg": "SHA-256", "content": each} for each in package["hashes"]]
    return {
        "type": "library",
        "bom-ref": f"{purl}#{package['marker']}" if package["marker"] else purl,
        "name": package["name"],
        "version": package["version"],
        "purl": purl,
        "hashes": hashes,
        **({"licenses": [{"expression": licence}]} if licence else {}),
        **({"properties": properties} if properties else {}),
    }


def _may(expression: str, allowed: set[str]) -> bool:
    """Whether an SPDX expression of AND and OR, without brackets inside brackets, is met by what is allowed."""
    inner = re.sub(r"\(([^()]+)\)", lambda found: "Y" if _may(found[1], allowed) else "N", expression)
    either = (part.split(" AND ") for part in inner.split(" OR "))
    return any(all(each == "Y" or each in allowed for each in part) for part in either)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", version.partition("+")[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
