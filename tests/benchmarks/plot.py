"""plot: bars and lines as small SVG files."""

import math
from collections.abc import Iterable, Sequence
from html import escape

_FONT = 'font-family="system-ui, sans-serif" font-size="13"'
_OURS, _OTHERS, _INK, _FAINT = "#0b6e4f", "#8a94a6", "#1c2330", "#d5dae2"
_LABELS, _BARS, _VALUES, _ROW = 190, 420, 110, 26


def bars(title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """One bar for each label and value, with the value in words; ours have another colour."""
    longest = max(value for _, value, _ in rows)
    parts: list[str] = []
    for index, (label, value, words) in enumerate(rows):
        top = 44 + index * _ROW
        width = max(1.0, value / longest * _BARS)
        parts.append(_text(_LABELS - 8, top + 13, label, anchor="end"))
        colour = _OURS if label.startswith("pipeline") else _OTHERS
        parts.append(f'<rect x="{_LABELS}" y="{top}" width="{width:.1f}" height="18" rx="2" fill="{colour}"/>')
        parts.append(_text(_LABELS + width + 6, top + 13, words))
    return _svg(_LABELS + _BARS + _VALUES, 56 + len(rows) * _ROW, title, parts)


def lines(title: str, panels: Iterable[tuple[str, Sequence[tuple[float, float, str]]]]) -> str:
    """For each panel its heading and its points (x, y, the value in words), on logarithmic scales."""
    parts: list[str] = []
    width, height, left = 300, 180, 40
    for heading, points in panels:
        xs, ys = ([math.log10(point[axis]) for point in points] for axis in (0, 1))
        # A decade is as long on both axes, so that growth in proportion is a line at 45 degrees.
        decade = min((width - 110) / max(max(xs) - min(xs), 0.1), (height - 30) / max(max(ys) - min(ys), 0.1))
        places = [
            (left + 20 + (x - min(xs)) * decade, 80 + height - 20 - (y - min(ys)) * decade)
            for x, y in zip(xs, ys, strict=True)
        ]
        parts.append(_text(left, 62, heading))
        parts.append(f'<path d="M{left} 72V{72 + height}H{left + width}" fill="none" stroke="{_FAINT}"/>')
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{_OURS}" stroke-width="2"/>')
        for (x, y), (across, _, words) in zip(places, points, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_OURS}"/>')
            parts.append(_text(x + 8, y + 14, words))
            parts.append(_text(x, 90 + height, f"{across:,.0f}", anchor="middle"))
        left += width + 60
    return _svg(left, 290, title, parts)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>'


def _svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    name = escape(title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-label="{name}" {_FONT}>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="16" y="26" fill="{_INK}" font-weight="600">{name}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )
