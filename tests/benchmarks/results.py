"""results: what was measured, as it is kept in a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.benchmarks.measure import Case, Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A contender; without a cost it was left out, and `note` says where to get it."""

    name: str
    note: str
    cost: Cost | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A case; the first row is ours, times are in `unit`."""

    title: str
    unit: str
    rounds: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All cases by their id."""

    machine: str
    versions: str
    cases: Mapping[str, Result]


def result(case: Case, costs: Mapping[str, Cost], rounds: int) -> Result:
    """The costs in the unit of the case."""

    def scaled(cost: Cost) -> Cost:
        return replace(cost, user=cost.user / case.per, wall=cost.wall / case.per)

    rows = tuple(
        Row(
            name=contender.name,
            note=contender.note if contender.name in costs else f"not there: {contender.get}",
            cost=scaled(costs[contender.name]) if contender.name in costs else None,
        )
        for contender in case.contenders
    )
    return Result(title=case.title, unit=case.unit, rounds=rounds, rows=rows)


def load(file: Path) -> Results:
    data = json.loads(file.read_bytes())
    return Results(
        machine=data["machine"],
        versions=data["versions"],
        cases={name: _result(case) for name, case in data["cases"].items()},
    )


def _result(data: Mapping[str, object]) -> Result:
    rows = data["rows"]
    assert isinstance(rows, list)
    return Result(
        title=str(data["title"]),
        unit=str(data["unit"]),
        rounds=int(str(data["rounds"])),
        rows=tuple(
            Row(name=row["name"], note=row["note"], cost=Cost(**row["cost"]) if row["cost"] else None) for row in rows
        ),
    )


def save(results: Results, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", "utf-8")
