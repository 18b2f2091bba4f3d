"""What the single values of a document may be, as rules that pydantic reads.

The rules themselves know no pydantic: only reading YAML needs it, and who reads the
compiled form does without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal, cast

from bot.knowledge.dates import PartialDate
from bot.knowledge.plain import PlainObject

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

STRICT: ConfigDict = {
    "extra": "forbid",
    "arbitrary_types_allowed": True,
    "use_attribute_docstrings": True,
}
"""How pydantic reads every class of a document (its ConfigDict)."""
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
CODE = r"^([A-Z]{2}|[a-z][a-z0-9]*(-[a-z0-9]+)+|[a-z]{5,30})$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_OF_ADDRESS = 500
"""Characters of an address."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""The C1 controls too, which some terminals obey, and what no XML may hold."""
_INVISIBLE = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode calls default ignorable (DerivedCoreProperties.txt) but for the joiners
that scripts and emoji need, emoji's own selector, and soft hyphens, which titles of
pages have.
"""

Scale = Literal["token", "usual", "large"]
Grade = Literal["official", "quality", "plain", "weak"]
Standing = Literal["member", "partner", "observer", "frozen", "suspended", "left"]
Ballot = Literal["yes", "no", "abstain", "absent"]
Outcome = Literal["adopted", "not_adopted", "vetoed"]
Kind = Literal["state", "observer", "partially-recognised", "breakaway"]
BALLOTS: tuple[Ballot, ...] = ("yes", "no", "abstain", "absent")


class TextRule:
    """A text of so many characters, of a pattern, that passes a check.

    The check returns the text to keep and raises ValueError with a sentence for what is
    wrong. ``extra`` goes into the JSON Schema as it is.
    """

    def __init__(
        self,
        *,
        least: int | None = None,
        most: int | None = None,
        pattern: str | None = None,
        check: Callable[[str], str] | None = None,
        extra: PlainObject | None = None,
    ) -> None:
        self.least, self.most, self.pattern = least, most, pattern
        self.check, self.extra = check, extra or {}

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        text = core_schema.str_schema(
            min_length=self.least, max_length=self.most, pattern=self.pattern
        )
        if self.check is None:
            return text
        return core_schema.no_info_after_validator_function(self.check, text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | self.extra


class NumberRule:
    """A number within bounds: at least, above, at most."""

    def __init__(
        self,
        *,
        ge: float | None = None,
        gt: float | None = None,
        le: float | None = None,
    ) -> None:
        self.ge, self.gt, self.le = ge, gt, le

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.float_schema(ge=self.ge, gt=self.gt, le=self.le)


class LengthRule:
    """So many things in a list or a mapping."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        bounds = {"min_length": self.least}
        if self.most is not None:
            bounds["max_length"] = self.most
        return cast("CoreSchema", {**handler(source), **bounds})


class DateRule:
    """A day, month or year as sources know it, from a text or a plain year."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(
            _read_date,
            core_schema.is_instance_schema(PartialDate),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": ["string", "integer"],
            "pattern": DATE,
            "examples": ["2020-02-24", "2020-02", 2020],
        }


def _read_date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        return PartialDate.parse(value)
    msg = "a date is written 2020, 2020-03 or 2020-03-02"
    raise ValueError(msg)


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        msg = "text stands on one line, without control characters"
        raise ValueError(msg)
    if _INVISIBLE.search(value):
        msg = "text has no invisible or direction-changing characters"
        raise ValueError(msg)
    if value != value.strip() or not value:
        msg = "text is not empty and has no blanks around it"
        raise ValueError(msg)
    return value


def _web_address(value: str) -> str:
    from bot.knowledge.addresses import web_address

    return web_address(value)


When = Annotated[PartialDate, DateRule()]
Line = Annotated[str, TextRule(least=1, most=400, check=_one_line)]
ShortLine = Annotated[str, TextRule(least=1, most=40, check=_one_line)]
MenuLine = Annotated[str, TextRule(least=1, most=100, check=_one_line)]
"""What stands in a menu of Discord's: 100 characters at most."""
HintLine = Annotated[str, TextRule(least=1, most=200, check=_one_line)]
ShortName = Annotated[str, TextRule(most=24)]
Url = Annotated[
    str,
    TextRule(most=MOST_OF_ADDRESS, check=_web_address, extra={"format": "uri"}),
]
Code = Annotated[
    str, TextRule(most=60, pattern=CODE, extra={"examples": ["BY", "breakaway-land"]})
]
Ref = Annotated[str, TextRule(most=80)]
Slug = Annotated[str, TextRule(most=60, pattern=SLUG)]
