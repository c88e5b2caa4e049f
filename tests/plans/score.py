"""Scores a reading against a truth as plan.schema.md compares: loosely in case, dashes, spaces and tone placement."""

from __future__ import annotations

import json
import sys
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from workflows.plans.names import body_key, fold
from workflows.plans.read_text import read_text

TEXTS = Path(__file__).parent / "texts"
Json = dict[str, Any]


def f1(read: int, truth: int, hits: int) -> float:
    if read == truth == 0:
        return 1.0
    return 2 * hits / (read + truth)


def same_name(one: str, other: str) -> bool:
    """One key, or all words of one in the other with the same first word (a level or a slip of the scan more)."""
    read, truth = body_key(one).split(), body_key(other).split()
    if read == truth:
        return True
    shorter, longer = sorted((set(read), set(truth)), key=len)
    return bool(shorter) and shorter <= longer and read[:1] == truth[:1] and len(longer - shorter) <= 2


def same_bodies(one: list[str] | None, other: list[str] | None) -> bool:
    read, truth = one or [], other or []
    return len(read) == len(truth) and all(any(same_name(name, other) for other in truth) for name in read)


def same_time(read: Any, truth: Any) -> bool:
    """Equal shapes; where the truth leaves a continuous span to the plan, any span will do."""
    if isinstance(truth, list) or isinstance(read, list):
        one, other = (value if isinstance(value, list) else [value] for value in (read, truth))
        return len(one) == len(other) and all(same_time(a, b) for a, b in zip(one, other, strict=True))
    if truth is None or read is None:
        return truth is None and read is None
    if truth["kind"] == "continuous" == read["kind"] and truth["from"] is None:
        return True
    return all(read.get(key) == value for key, value in truth.items() if key != "inherited_from")


def same_title(read: str, truth: str) -> bool:
    one, other = fold(read), fold(truth)
    shorter = min(len(one), len(other))
    return (
        one[: shorter - 4] in other
        or other[4:shorter] in one
        or SequenceMatcher(None, one[:110], other[:110]).ratio() > 0.85
    )


def task_faults(read: Json, truth: Json) -> list[str]:
    faults = [] if same_title(read["title"], truth["title"]) else ["title"]
    if "rows" in truth:
        rows = read.get("rows") or [dict(read, text=read["products"])]
        if len(rows) != len(truth["rows"]):
            return [*faults, "rows"]
        for one, other in zip(rows, truth["rows"], strict=True):
            faults += [side for side in ("lead", "coop") if not same_bodies(one[side], other[side])]
            faults += [] if same_time(one["time"], other["time"]) else ["time"]
            faults += (
                [] if [fold(text) for text in one["text"]] == [fold(text) for text in other["text"]] else ["products"]
            )
        return faults
    faults += [side for side in ("lead", "coop") if not same_bodies(read[side], truth.get(side))]
    faults += [] if same_time(read["time"], truth.get("time")) else ["time"]
    faults += [] if read["kind"] == truth["kind"] else ["kind"]
    return faults


def compare_tasks(read: list[Json], truth: list[Json]) -> tuple[int, list[str]]:
    """How many tasks are right in every fact, and what is wrong with the others."""
    left, hits, notes = list(read), 0, []
    for one in truth:
        near = [task for task in left if task["lines"][0] <= one["lines"][1] and task["lines"][1] >= one["lines"][0]]
        best = min(near, key=lambda task: len(task_faults(task, one)), default=None)
        if best is None:
            notes.append(f"task {one['no']} missing (line {one['lines'][0]})")
            continue
        left.remove(best)
        faults = task_faults(best, one)
        hits += not faults
        notes += [f"task {one['no']}: {fault}" for fault in faults]
    return hits, notes + [
        f"task {task['no']} too much (line {task['lines'][0]}: {task['title'][:50]})" for task in left
    ]


def same_recipient(read: Json, truth: Json) -> bool:
    return (
        fold(read["raw"]) == fold(truth["raw"])
        and same_bodies(read["names"], truth["names"])
        and read["qualifier"] == truth["qualifier"]
        and read["is_group"] == truth["is_group"]
        and read["line"] == truth["line"]
    )


def same_report(read: Json, truth: Json) -> bool:
    sides = all(
        read[side] == truth[side] or same_name(read[side] or "", truth[side] or "") for side in ("from", "to", "via")
    )
    due = {key: value for key, value in (truth["due"] or {}).items() if key != "year"}
    return (
        sides
        and {key: value for key, value in (read["due"] or {}).items() if key != "year"} == due
        and all(read[key] == truth[key] for key in ("every", "kind", "line"))
    )


def compare_listed(read: list[Json], truth: list[Json], same: Any, name: str) -> tuple[int, list[str]]:
    left, hits, notes = list(read), 0, []
    for one in truth:
        match = next((other for other in left if same(other, one)), None)
        if match is None:
            notes.append(f"{name} missing: {one}")
        else:
            left.remove(match)
            hits += 1
    return hits, notes + [f"{name} too much: {other}" for other in left]


def compare_head(read: Json, truth: Json) -> list[str]:
    notes = []
    for key in (
        "doc_type",
        "number_raw",
        "number",
        "symbol",
        "place",
        "date_raw",
        "date",
        "date_partial",
        "title",
        "period",
    ):
        one, other = read[key], truth[key]
        if isinstance(one, str) and isinstance(other, str):
            one, other = fold(one), fold(other)
        if one != other:
            notes.append(f"{key}: {read[key]!r} for {truth[key]!r}")
    for key in ("name", "level", "district", "province"):
        if fold(read["issuer"][key] or "") != fold(truth["issuer"][key] or ""):
            notes.append(f"issuer.{key}: {read['issuer'][key]!r} for {truth['issuer'][key]!r}")
    for key in ("on_behalf", "authority", "position", "name"):
        if fold(read["signer"][key] or "") != fold(truth["signer"][key] or ""):
            notes.append(f"signer.{key}: {read['signer'][key]!r} for {truth['signer'][key]!r}")
    return notes


def compare_rest(read: Json, truth: Json) -> list[str]:
    notes = []
    for block in ("legal_bases_block", "references"):
        one = {(item["number"], item["date"], item["role"], item["line"]) for item in read[block]}
        other = {(item["number"], item["date"], item["role"], item["line"]) for item in truth[block]}
        notes += [f"{block}: {item}" for item in sorted(one ^ other, key=str)]
    one = {(item["label"], item["line"]) for item in read["sections"]}
    other = {(item["label"], item["line"]) for item in truth["sections"]}
    notes += [f"section: {item}" for item in sorted(one ^ other)]
    lines = {item["line"] for item in read["targets"]} ^ {item["line"] for item in truth["targets"]}
    return notes + [f"target on line {line}" for line in sorted(lines)]


def score(read: Json, truth: Json) -> tuple[dict[str, float], list[str]]:
    """F1 of tasks, recipients and reports, the shares of head and the rest, and all differences in words."""
    notes: list[str] = []
    scores: dict[str, float] = {}
    for name, key, same in (("recipient", "recipients", same_recipient), ("report", "reports", same_report)):
        hits, said = compare_listed(read[key], truth[key], same, name)
        scores[key] = f1(len(read[key]), len(truth[key]), hits)
        notes += said
    hits, said = compare_tasks(read["tasks"], truth["tasks"])
    scores["tasks"] = f1(len(read["tasks"]), len(truth["tasks"]), hits)
    head, rest = compare_head(read, truth), compare_rest(read, truth)
    scores["head"], scores["rest"] = 1 / (1 + len(head)), 1 / (1 + len(rest))
    return scores, notes + said + head + rest


def truths() -> dict[str, Json]:
    """The truth of every text that has one."""
    found: dict[str, Json] = json.loads((TEXTS / "seeds.truth.json").read_text(encoding="utf-8"))
    for path in sorted(TEXTS.glob("*.own.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    for name, truth in truths().items():
        scores, notes = score(read_text((TEXTS / name).read_text(encoding="utf-8")).to_json(), truth)
        sys.stdout.write(f"{name} { ({key: round(value, 3) for key, value in scores.items()}) }\n")
        sys.stdout.writelines(f"    {note}\n" for note in notes)
