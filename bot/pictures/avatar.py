"""Ally's own picture, and plain ones for the people of the demo: a compass, for it says
where somebody stands, and silhouettes.
"""

from __future__ import annotations

SIZE = 256
"""Pixels a side; Discord cuts a circle out of it."""
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" '
    'viewBox="0 0 256 256">'
)
_MARKS = "".join(
    f'<path d="M128 42v14" transform="rotate({turn} 128 128)"/>'
    for turn in range(0, 360, 45)
)


def ally() -> str:
    """Ally's picture as SVG: a compass whose needle has two halves, neither of them in
    a side's colour.
    """
    return (
        f'{_HEAD}<rect width="256" height="256" fill="#1f2544"/>'
        '<circle cx="128" cy="128" r="98" fill="none" stroke="#f4efe6" '
        'stroke-width="10"/>'
        f'<g stroke="#8f96bf" stroke-width="8" stroke-linecap="round">{_MARKS}</g>'
        '<g transform="rotate(38 128 128)">'
        '<path d="M128 52 154 128H102z" fill="#ffb454"/>'
        '<path d="M128 204 154 128H102z" fill="#f4efe6"/></g>'
        '<circle cx="128" cy="128" r="12" fill="#1f2544"/></svg>'
    )


def person(ground: str) -> str:
    """Somebody's silhouette as SVG, on a ground of a colour such as ``#3f6f8f``."""
    return (
        f'{_HEAD}<rect width="256" height="256" fill="{ground}"/>'
        '<g fill="#f4efe6"><circle cx="128" cy="102" r="46"/>'
        '<path d="M36 256a92 92 0 0 1 184 0z"/></g></svg>'
    )
