"""Questions from addresses: the parameters of a request, checked and described.

In: `?between=CHN&between=RUS&type=CONSULT`. Out: `Asked`, whose `given` is what `Record.events` and the others take; and, for
pages, `asked_of`, which takes what forms send: fields that are left empty ask for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import core_schema
from starlette.datastructures import QueryParams

from dragoman import languages, ontology
from dragoman.records import Certainty, Polarity, Stance, Time
from dragoman.text import parse_date

PAGE, LARGEST = 50, 200  # rows of a page, and the most that one has
_DAYS = (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^[12][0-9]{3}-(0[1-9]|1[0-2])$", r"^[12][0-9]{3}$")
_PLAIN = r"^[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f][^\u0000-\u001f\u007f]*$"  # something, and nothing that no name has


@dataclass(frozen=True, slots=True)
class OneOf:
    """That a word is one of these."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return {"type": "string", "enum": list(self.names)}

    def _check(self, value: str) -> str:
        if value not in self.names:
            raise ValueError(f"one of {', '.join(self.names)} is wanted")
        return value


def _day(value: str) -> str:
    if not any(re.fullmatch(pattern, value) for pattern in _DAYS):
        raise ValueError("a day, month or year is wanted: 2022-06-15, 2022-06 or 2022")
    parse_date(value)
    return value


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError("true or false is wanted")
    return value == "true"


_codebook = ontology.load()
_TYPES, _CONTEXTS = OneOf(tuple(sorted(_codebook.types))), OneOf(tuple(sorted(_codebook.contexts)))
_MODES = OneOf(tuple(sorted({mode for kind in _codebook.types.values() for mode in kind.modes})))
DayOrLonger = Annotated[
    str,
    AfterValidator(_day),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, *({"type": "string", "pattern": p} for p in _DAYS[1:])]}
    ),
]
Day = Annotated[
    str, AfterValidator(_day), Field(pattern=_DAYS[0]), WithJsonSchema({"type": "string", "format": "date"})
]
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Words = Annotated[str, Field(pattern=_PLAIN, max_length=300)]
Several = Annotated[list[Words], Field(max_length=50)]
Language = Annotated[str, OneOf(tuple(languages.installed()))]


class Question(BaseModel):
    """What must hold of each row, all that is given at once; of several values of one parameter, one."""

    model_config = ConfigDict(extra="forbid")

    between: Annotated[
        list[Words] | None, Field(min_length=2, max_length=2, description="Two parties, whoever acts: given twice.")
    ] = None
    party: Annotated[Words | None, Field(description="Acts or receives: CHN, CHN GOV, REB, or part of a name.")] = None
    actor: Annotated[Words | None, Field(description="Who acts; of statements, who says it.")] = None
    recipient: Annotated[Words | None, Field(description="To whom it is done.")] = None
    type: Annotated[list[Annotated[str, _TYPES]], Field(description="PLOVER event type.")] = []
    mode: Annotated[list[Annotated[str, _MODES]], Field(description="PLOVER mode.")] = []
    context: Annotated[list[Annotated[str, _CONTEXTS]], Field(description="PLOVER context.")] = []
    place: Annotated[
        Words | None, Field(description="Where: a country's code, a name, or latitude,longitude as the rows have them.")
    ] = None
    since: Annotated[DayOrLonger | None, Field(description="From that day, month or year on.")] = None
    until: Annotated[DayOrLonger | None, Field(description="Up to that day, month or year.")] = None
    according_to: Annotated[
        Words | None, Field(description="Who tells it: a party, `outlet` (its own voice; of events), `anonymous`.")
    ] = None
    denied: Annotated[Flag | None, Field(description="Denied by somebody, or by nobody.")] = None
    denied_by: Annotated[Words | None, Field(description="Who denies it.")] = None
    certainty: Annotated[list[Certainty], Field(description="How certain.")] = []
    polarity: Annotated[list[Polarity], Field(description="Affirmed or negated.")] = []
    time: Annotated[list[Time], Field(description="When, seen from the article.")] = []
    facts: Annotated[
        Flag, Field(description="Only what the outlet itself tells as having happened, and nobody denies.")
    ] = False
    stance: Annotated[list[Stance], Field(description="Of statements; of events: told or denied in such.")] = []
    language: Annotated[Several, Field(description="Language of the article (ISO 639-1).")] = []
    outlet: Annotated[Several, Field(description="Who published it.")] = []
    text: Annotated[
        str | None,
        Field(
            pattern=r'^"?[^\W_]',
            max_length=300,
            description='Words of the article: all of them, "a phrase", one OR another, -not, begin*.',
        ),
    ] = None
    article: Annotated[Several, Field(description="Id of an article.")] = []
    independent: Annotated[Flag, Field(description="Leave out copies of other articles.")] = False
    confirmed: Annotated[Flag, Field(description="Only what a person confirmed, corrected or added, as corrected.")] = (
        False
    )

    @property
    def given(self) -> dict[str, Any]:
        """What is asked, as `Record.events` and the others take it."""
        own = {name: getattr(self, name) for name in Question.model_fields}
        return {
            name: value
            for name, value in own.items()
            if value not in (None, [], False) or (name, value) == ("denied", False)
        }


class Paged(BaseModel):
    """Which page, and as what."""

    limit: Annotated[
        int | None,
        Field(ge=1, le=LARGEST, description=f"Rows of a page, {PAGE} where it is not given; CSV has all rows then."),
    ] = None
    after: Annotated[Words | None, Field(description="`next` of the page before.")] = None
    format: Annotated[Literal["json", "csv"], Field(description="JSON, a page; or CSV.")] = "json"


class Events(Question, Paged):
    sort: Annotated[Literal["date", "oldest", "score", "type", "added"], Field(description="`date`: newest first.")] = (
        "date"
    )


class Statements(Question, Paged):
    sort: Annotated[Literal["date", "oldest", "added"], Field(description="`date`: newest first.")] = "date"


class Articles(Statements):
    pass


class Actors(Question, Paged):
    """Those with most of the events asked for first."""


_ONE = ("party", "place", "actor", "recipient", "since", "until", "according_to", "denied_by", "text", "sort")
_SEVERAL = ("type", "mode", "context", "certainty", "polarity", "time", "stance", "language", "outlet", "article")
_FLAGS = ("denied", "facts", "independent", "confirmed")


def asked_of(sent: QueryParams) -> dict[str, Any]:
    """What a form of a page asks; `a` and `b` are the two of `between`."""
    asked: dict[str, Any] = {name: sent[name].strip() for name in _ONE if sent.get(name, "").strip()}
    asked |= {name: found for name in _SEVERAL if (found := [value for value in sent.getlist(name) if value.strip()])}
    asked |= {name: sent[name] in ("true", "1", "on", "yes") for name in _FLAGS if sent.get(name)}
    pair = [value for value in (sent.getlist("between") or [sent.get("a", ""), sent.get("b", "")]) if value.strip()]
    return {**asked, "between": pair} if len(pair) == 2 else asked
