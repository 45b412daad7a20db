"""page: results as tables and plots, between the markers of docs/performance.md; what stands outside them stays.

python -m tests.benchmarks.page
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.bench import BUNDLES, ROOT
from tests.benchmarks.measure import Cost
from tests.benchmarks.plot import bars, lines
from tests.benchmarks.results import Result, Results, load

PAGE = ROOT / "docs" / "performance.md"
FOLDER = ROOT / "docs" / "performance"
RESULTS = FOLDER / "results.json"

_PLOTTED = ("full-build", "reading", "update", "check")


def write_page(results: Results) -> None:
    """Write tables and plots of the results into their places."""
    sections = {"machine": f"{results.machine}.\n\n{results.versions}."}
    for name, case in results.cases.items():
        parts = [growth_table(case) if name == "growth" else table(case)]
        if plot := _plot(name, case):
            (FOLDER / f"{name}.svg").write_text(plot, "utf-8")
            parts.insert(0, f"![{case.title}](performance/{name}.svg)")
        sections[name] = "\n\n".join(parts)
    PAGE.write_text(filled(PAGE.read_text("utf-8"), sections), "utf-8")


def filled(page: str, sections: Mapping[str, str]) -> str:
    """The page with each section between its markers `<!-- begin NAME -->` and `<!-- end NAME -->`."""
    for name, text in sections.items():
        pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if not pattern.search(page):
            raise ValueError(f"the page has no place for {name}: write <!-- begin {name} --> and <!-- end {name} -->")
        page = pattern.sub(lambda match, text=text: f"{match[1]}{text}\n{match[2]}", page)
    return page


# ---- tables


def table(case: Result) -> str:
    """Every contender with its costs and how many times ours they are."""
    ours = case.rows[0].cost
    head = (
        f"{case.title}; medians of {case.rounds} rounds:\n\n"
        f"| | user CPU, {case.unit} | wall, {case.unit} | peak memory, MiB | × ours, CPU | × ours, wall | |\n"
        "|---|--:|--:|--:|--:|--:|---|"
    )
    return "\n".join([head, *(_line(row.name, row.cost, ours, row.note) for row in case.rows)])


def _line(name: str, cost: Cost | None, ours: Cost | None, note: str) -> str:
    if cost is None:
        return f"| {name} | | | | | | {note} |"
    ratios = (figure(cost.user / ours.user), figure(cost.wall / ours.wall)) if ours else ("", "")
    cells = (name, figure(cost.user), figure(cost.wall), f"{cost.memory:.0f}", *ratios, note)
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def figure(value: float) -> str:
    """With two or three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def growth_table(case: Result) -> str:
    rows = list(_growth(case))
    lines_of = [
        f"{case.title}; medians of {case.rounds} rounds:",
        "",
        "| bundles | user CPU, s | wall, s | peak memory, MiB | user CPU for a bundle, ms |",
        "|--:|--:|--:|--:|--:|",
        *(
            f"| {bundles:,} | {figure(cost.user)} | {figure(cost.wall)} | {cost.memory:.0f} "
            f"| {figure(cost.user / bundles * 1000)} |"
            for bundles, cost in rows
        ),
    ]
    if len(rows) > 1:
        user = exponent([(bundles, cost.user) for bundles, cost in rows])
        wall = exponent([(bundles, cost.wall) for bundles, cost in rows])
        memory = exponent([(bundles, cost.memory) for bundles, cost in rows])
        lines_of += [
            "",
            f"Fitted to these: user CPU grows with the bundles to the power of {user:.2f}, "
            f"wall time {wall:.2f}, memory {memory:.2f}.",
        ]
    return "\n".join(lines_of)


def _growth(case: Result) -> Iterator[tuple[int, Cost]]:
    for row in case.rows:
        if row.cost is not None:
            yield BUNDLES[row.name[0]], row.cost


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line through the points on logarithmic scales (least squares)."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


# ---- plots


def _plot(name: str, case: Result) -> str:
    if name == "growth":
        rows = list(_growth(case))
        times = [(float(bundles), cost.user, f"{figure(cost.user)} s") for bundles, cost in rows]
        memory = [(float(bundles), cost.memory, f"{cost.memory:.0f} MiB") for bundles, cost in rows]
        return lines(case.title, (("user CPU by bundles", times), ("peak memory by bundles", memory)))
    if name not in _PLOTTED:
        return ""
    costs = [(row.name, row.cost) for row in case.rows if row.cost is not None]
    return bars(
        f"{case.title}: user CPU",
        [(name, cost.user, f"{figure(cost.user)} {case.unit.partition(' ')[0]}") for name, cost in costs],
    )


if __name__ == "__main__":
    write_page(load(Path(RESULTS)))
