"""The options by which a record is asked, shared by all commands that ask.

In: a command that takes a question. Out: the same command with the options on its command line.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

_Words = str | None
_Several = list[str]


def _option(kind: Any, help: str, *names: str) -> Any:
    return Annotated[kind, typer.Option(*names, help=help)]


OPTIONS: Mapping[str, tuple[Any, Any]] = {
    "between": (_option(tuple[str, str] | None, "Two parties, whoever acts: CHN RUS.", "--between"), None),
    "party": (_option(_Words, "Who acts, or to whom it is done: CHN, 'CHN GOV', REB, or part of a name.", "--party"), None),
    "actor": (_option(_Words, "Who acts, or says it: CHN, 'CHN GOV', REB, or part of a name.", "--actor"), None),
    "recipient": (_option(_Words, "To whom it is done.", "--recipient"), None),
    "type": (_option(_Several, "PLOVER event type; may be given again, as may all that follow.", "--type"), []),
    "mode": (_option(_Several, "PLOVER mode.", "--mode"), []),
    "context": (_option(_Several, "PLOVER context.", "--context"), []),
    "place": (_option(_Words, "Where: a country's code, a place's name, or latitude,longitude.", "--place"), None),
    "since": (_option(_Words, "From that day, month or year on.", "--from"), None),
    "until": (_option(_Words, "Up to that day, month or year.", "--to"), None),
    "according_to": (
        _option(_Words, "Who tells it: a party, 'outlet' for the outlet's own voice, 'anonymous'.", "--according-to"),
        None,
    ),
    "denied": (_option(bool | None, "Denied by somebody, or by nobody.", "--denied/--not-denied"), None),
    "denied_by": (_option(_Words, "Who denies it.", "--denied-by"), None),
    "certainty": (_option(_Several, "certain, probable, possible or unknown.", "--certainty"), []),
    "polarity": (_option(_Several, "affirmed or negated.", "--polarity"), []),
    "time": (_option(_Several, "past, present, future or habitual.", "--time"), []),
    "facts": (_option(bool, "Only what the outlet itself tells as having happened, and nobody denies.", "--facts"), False),
    "stance": (_option(_Several, "Of statements: assert, deny, ask, promise, threaten ...", "--stance"), []),
    "language": (_option(_Several, "Language of the article.", "--language", "-l"), []),
    "outlet": (_option(_Several, "Who published it.", "--outlet"), []),
    "text": (_option(_Words, "Words of the article: all of them, \"a phrase\", one OR another, -not, begin*.", "--text"), None),
    "article": (_option(_Several, "Id of an article.", "--article"), []),
    "independent": (_option(bool, "Leave out copies of other articles.", "--independent"), False),
    "confirmed": (_option(bool, "Only what a person confirmed, corrected or added, as corrected.", "--confirmed"), False),
}  # fmt: skip


def asking(command: Callable[..., None], sorts: str | None = None) -> Callable[..., None]:
    """A command with these options: `command(asked=...)` gets what was said, by the names of `Question`.

    `sorts` says by what the command can sort; None where it cannot.
    """
    options = dict(OPTIONS)
    if sorts:
        options["sort"] = (_option(str, f"By {sorts}.", "--sort"), "date")
    plain = inspect.signature(command, eval_str=True)

    def run(**said: Any) -> None:
        asked = {name: said.pop(name) for name in options}
        command(**said, asked={name: value for name, value in asked.items() if value != options[name][1]})

    own = [parameter for parameter in plain.parameters.values() if parameter.name != "asked"]
    ours = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in options.items()
    ]
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    run.__signature__ = inspect.Signature([*parameters, *ours])  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*parameters, *ours)}
    run.__doc__ = command.__doc__
    return run
