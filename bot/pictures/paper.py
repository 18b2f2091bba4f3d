"""One page of paper, A4, as PDF: an Answer with its sources and their addresses.

Typst sets it (the extra ``pdf``): it shapes every script and tags the PDF
for screen readers. It was taken over fpdf2 and ReportLab, which tag nothing and need
further libraries for Arabic or Thai; a page takes it about 20 ms and 20 MiB.
"""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.util import find_spec

from bot.answers.document import Answer, Citation, Line
from bot.answers.palette import UNKNOWN_COLOUR, colour_of, ink_on
from bot.answers.sentences import level_name
from bot.answers.texts import Texts
from bot.knowledge.addresses import linked
from bot.knowledge.facts import Base
from bot.knowledge.plain import PlainObject
from bot.pictures.flags.drawing import SIDE, flag_svg

_FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
)
"""A letter is looked for in this order."""


def can_print() -> bool:
    """Whether the library that sets the page is installed."""
    return find_spec("typst") is not None


def _line(line: Line) -> PlainObject:
    return {"label": line.label, "text": line.text, "cites": list(line.cites)}


def _source(cited: Citation, texts: Texts) -> PlainObject:
    source = cited.source
    said = f"{source.publisher}: {source.title}"
    if source.published:
        said = f"{said}, {texts.date(source.published)}"
    mark = " ⚠" if source.weak else ""
    address = linked(source.url)
    return {"number": cited.number, "said": said + mark, "address": address}


def paper(code: str, answer: Answer, base: Base, texts: Texts) -> str:
    """What the page has, as JSON for ``pdf_of``: an actor's Answer."""
    colour = colour_of(answer.level, base.conflict) or UNKNOWN_COLOUR
    flag = flag_svg(code, 0, 0, SIDE)
    name, level = texts.name(code), level_name(answer.level, base, texts)
    return json.dumps(
        {
            "lang": texts.locale.partition("_")[0],
            "title": texts("{name}: {level}", name=name, level=level),
            "name": name,
            "level": level,
            "colour": colour,
            "ink": ink_on(colour),
            "flag": flag,
            "flag_described": texts("Flag: {name}", name=name),
            "lead": _line(answer.lead) if answer.lead else None,
            "sections": [
                {"heading": each.heading, "lines": [_line(line) for line in each.lines]}
                for each in answer.sections
            ],
            "sources_heading": texts("Sources"),
            "sources": [_source(each, texts) for each in answer.citations],
            "notes": list(answer.notes),
            "families": _FAMILIES,
        }
    )


def _place(name: str) -> str:
    return str(files("bot.pictures").joinpath(name))


def pdf_of(page: str) -> bytes:
    """The page that ``paper`` describes, as a tagged PDF (PDF/UA-1).

    RuntimeError for what cannot be set. What it says is data and never markup. A letter
    that no font has is shown as a box, and the PDF is then tagged without keeping all
    of the standard, which allows no such letter.
    """
    import typst

    for standard in ("ua-1", "1.7"):
        try:
            pdf = typst.compile(
                _place("paper.typ"),
                font_paths=[_place("fonts")],
                ignore_system_fonts=True,
                sys_inputs={"page": page},
                pdf_standards=standard,
            )
        except typst.TypstError:
            continue
        assert isinstance(pdf, bytes)
        return pdf
    raise RuntimeError("the page could not be set")
