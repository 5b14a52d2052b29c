"""Lay out the folder of a new language: `make new-language LANG=pl`. It loads at once and reads nothing yet."""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError

from dragoman import ontology
from dragoman.languages import HOME

LANGUAGE = """# {english}: what the machinery has to know of the language. Lexicons stand beside this file.
# Every list may stay empty at first; docs/add-a-language.md says what each is for.
name = "{name}"
light_verbs = []

[sentences]
abbreviations = []

[grammar]
happening_verbs = []
perfect_auxiliaries = []
future_auxiliaries = []
negations = []
negative_words = []
without_words = []
agent_prepositions = []
control_prepositions = []
own_prepositions = []
quantifiers = []
mutual_prepositions = []
place_prepositions = []
subject_control = []

[grammar.modals]
[grammar.modal_adverbs]
[grammar.links]
[grammar.complex_prepositions]

[embedding]
content_prepositions = []
unrealised = []
planned = []
negative = []
doubtful = []
habitual = []

[classes]
"""
RULES = """# {type} in {english}: {about}
# The form of a rule, with its examples, is in docs/add-a-rule.md.
event = "{type}"
"""
TABLES = {
    "actors": "demonyms, exonyms, seats of power, role nouns",
    "dates": "words of time; month and day names come from Babel",
    "speech": "words of saying, thinking, asking, promising, denying",
    "telling": "words by which a text vouches for what it tells, or does not",
    "contexts": "words that evidence the 37 PLOVER contexts",
    "debris": "leftovers of web pages that are not prose",
}


def lay_out(code: str, home: Path = HOME) -> Path:
    """Make the folder. Raises ValueError for a code that is no language or a folder that is there already."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError) as problem:
        raise ValueError(f"{code!r} is no language code; give ISO 639-1, such as pl") from problem
    folder = home / code
    if folder.exists():
        raise ValueError(f"{folder} is there already")
    english = (locale.get_display_name("en") or code).capitalize()
    (folder / "events").mkdir(parents=True)
    (folder / "language.toml").write_text(
        LANGUAGE.format(english=english, name=(locale.get_display_name() or code).capitalize()), encoding="utf-8"
    )
    for table, about in TABLES.items():
        (folder / f"{table}.toml").write_text(f"# {english}: {about}.\n", encoding="utf-8")
    for kind in ontology.load().types.values():
        (folder / "events" / f"{kind.name.lower()}.toml").write_text(
            RULES.format(type=kind.name, english=english, about=kind.quad), encoding="utf-8"
        )
    return folder


def main() -> int:
    if len(sys.argv) != 2:
        print("say which language: make new-language LANG=pl", file=sys.stderr)
        return 2
    try:
        print(lay_out(sys.argv[1]))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
