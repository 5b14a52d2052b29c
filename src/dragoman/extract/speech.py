"""The words of saying, thinking, asking, promising and denying of one language, with what shape their content has.

In: a language's `speech.toml`. Out: `SpeechLexicon`, compiled once. docs/add-a-language.md says what stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from dragoman.languages import Language, LanguageError
from dragoman.records import Stance

FRAMES = ("clause", "infinitive", "quote", "noun", "about", "small")


@dataclass(frozen=True, slots=True)
class SpeechGroup:
    """Words of saying that behave alike. `frames` are the shapes their content may take, `source` the roles of who speaks.

    They count only with an object among `objects`, an infinitive among `complement`, a word of `content` in what is said, which has
    `longest` words at most; `bare`: what is said may be left out ("Moscow denies").
    """

    id: str
    stance: Stance
    verbs: tuple[tuple[str, ...], ...]
    nouns: tuple[str, ...]
    frames: frozenset[str]
    objects: frozenset[str]
    complement: frozenset[str]
    content: frozenset[str]
    longest: int | None
    bare: bool
    source: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    not_yet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechLexicon:
    """The speech words of one language. `claims` are nouns for what somebody said, `according` prepositions.

    `as_what` are prepositions before what somebody is called ("described the talks as useful"), `anaphors` words for what
    the sentence before says ("This was reported by Reuters").

    `according_first` are prepositions that mean it only at the head of a sentence and before somebody who speaks, `according_verbs`
    verbs with the preposition that follows ("stando a"); `accounts` are the nouns, by the preposition before them, for what their owner
    tells ("by their account"); `hearsay`
    adverbs for what is reported by nobody named; `conjunctions` open what is said, `about` are prepositions of what is asked, blamed or praised; `unnamed` are nouns for those who
    speak and are not named; `turns` words that open a turn in an interview ("Q"), with its stance. `reported_conditional`: a main clause in
    the past conditional tells what is reported ("avrebbe chiesto armi").
    """

    groups: tuple[SpeechGroup, ...]
    verbs: Mapping[str, tuple[tuple[SpeechGroup, tuple[str, ...]], ...]]
    nouns: Mapping[str, SpeechGroup]
    according: frozenset[str]
    according_first: frozenset[str]
    according_verbs: Mapping[str, str]
    accounts: Mapping[str, frozenset[str]]
    hearsay: frozenset[str]
    conjunctions: frozenset[str]
    about: frozenset[str]
    unnamed: frozenset[str]
    media: frozenset[str]
    turns: Mapping[str, Stance]
    claims: frozenset[str]
    as_what: frozenset[str]
    anaphors: frozenset[str]
    reported_conditional: bool
    code: str

    @property
    def event_nouns(self) -> frozenset[str]:
        return frozenset(self.nouns)

    @property
    def lemmas(self) -> Mapping[str, frozenset[str]]:
        """The lemmas that the groups know, by part of speech."""
        verbs = frozenset(verb[0] for group in self.groups for verb in group.verbs)
        return {"VERB": verbs, "NOUN": self.event_nouns | self.claims}


def compile_speech(language: Language) -> SpeechLexicon:
    """The `speech.toml` of a language. Raises LanguageError naming file, group and remedy."""
    table = language.table("speech")
    groups = tuple(_group(entry, language) for entry in cast(list[dict[str, Any]], table.get("group", [])))
    verbs: dict[str, list[tuple[SpeechGroup, tuple[str, ...]]]] = {}
    for group in groups:
        for first, *rest in group.verbs:
            verbs.setdefault(first, []).append((group, tuple(rest)))
    return SpeechLexicon(
        groups=groups,
        verbs={
            verb: tuple(sorted(found, key=lambda x: -len(x[1]) - bool(x[0].objects or x[0].content)))
            for verb, found in verbs.items()
        },
        nouns={noun: group for group in groups for noun in group.nouns},
        according=frozenset(table.get("according", ())),
        according_first=frozenset(table.get("according_first", ())),
        according_verbs=dict(table.get("according_verbs", {})),
        accounts={preposition: frozenset(nouns) for preposition, nouns in table.get("accounts", {}).items()},
        hearsay=frozenset(table.get("hearsay", ())),
        conjunctions=frozenset(table.get("conjunctions", ())),
        about=frozenset(table.get("about", ())),
        unnamed=frozenset(table.get("unnamed", ())),
        media=frozenset(table.get("media", ())),
        turns={word: cast(Stance, stance) for stance, words in table.get("turns", {}).items() for word in words},
        claims=frozenset(table.get("claims", ())),
        as_what=frozenset(table.get("as_what", ())),
        anaphors=frozenset(table.get("anaphors", ())),
        reported_conditional=bool(table.get("reported_conditional")),
        code=language.code,
    )


def _group(entry: Mapping[str, Any], language: Language) -> SpeechGroup:
    id = f"{language.code}/speech/{entry.get('name', '?')}"
    if entry.get("stance") not in get_args(Stance):
        raise LanguageError(f"{id}: no such stance {entry.get('stance')!r}; one of {', '.join(get_args(Stance))}")
    frames = frozenset(entry.get("frames", ("clause", "quote")))
    if frames - set(FRAMES):
        raise LanguageError(f"{id}: no such frame {sorted(frames - set(FRAMES))[0]!r}; one of {', '.join(FRAMES)}")
    table = language.table("speech")
    lists = {f"@{name}": cast(list[str], table.get(name, [])) for name in ("claims", "falsities")}
    others = {f"@{other.get('name')}": other.get("verbs", ()) for other in table.get("group", ())}
    return SpeechGroup(
        id=id,
        stance=cast(Stance, entry["stance"]),
        verbs=tuple(tuple(verb.lower().split()) for verb in _spelled_out(entry.get("verbs", ()), others)),
        nouns=tuple(entry.get("nouns", ())),
        frames=frames,
        objects=frozenset(_spelled_out(entry.get("objects", ()), lists)),
        complement=frozenset(entry.get("complement", ())),
        content=frozenset(_spelled_out(entry.get("content", ()), lists)),
        longest=entry.get("longest"),
        bare=bool(entry.get("bare")),
        source=tuple(entry.get("source", ("subject",))),
        examples=tuple(entry.get("examples", ())),
        counterexamples=tuple(entry.get("counterexamples", ())),
        not_yet=tuple(entry.get("not_yet", ())),
    )


def _spelled_out(words: Iterable[str], lists: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The words, those of a list in place of its name: "@claims", or the verbs of another group, "@say"."""
    return tuple(one for word in words for one in lists.get(word, [word]))
