"""Rules of the event lexicon: read from a language's `events/` folder, checked, and indexed by predicate.

In: TOML files (form: docs/add-a-rule.md). Out: `Rulebook`, which answers which rules a clause's predicate may fire. Every
mistake in a file is an error that names file, rule and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from dragoman.extract.rulefolders import check_folder, rule_files
from dragoman.languages import Language, LanguageError, read_toml
from dragoman.ontology import Ontology

PredicateKind = Literal["verb", "noun", "adjective"]
KINDS: Mapping[str, PredicateKind] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
KEYS = frozenset(
    {
        "name", "verbs", "nouns", "adjectives", "mode", "actor", "recipient", "needs", "where", "unless", "complement",
        "reciprocal", "asserts", "beside", "examples", "counterexamples", "not_yet",
    }
)  # fmt: skip
LISTS = frozenset({*KINDS, "needs", "complement", "examples", "counterexamples", "not_yet"})
Roles = tuple[tuple[str, ...], ...]
"""Roles to be put together, each with its alternatives."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which words make an event of which type, and who is who in it."""

    id: str
    event: str
    mode: str | None
    patterns: tuple[tuple[PredicateKind, tuple[str, ...]], ...]
    actor: Roles
    recipient: Roles
    needs: frozenset[str]
    where: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]
    complement: frozenset[str]
    reciprocal: bool
    asserts: bool
    beside: bool
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    not_yet: tuple[str, ...]
    order: int

    @property
    def is_narrow(self) -> bool:
        return bool(self.where or self.complement)


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern of a rule: the companions that must stand beside its predicate."""

    rule: Rule
    companions: tuple[str, ...]


class Rulebook:
    """All rules of a language, by kind and lemma of the predicate."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._index: dict[tuple[PredicateKind, str], list[Entry]] = {}
        for rule in rules:
            for kind, words in rule.patterns:
                for at, word in enumerate(words):
                    if kind != "noun" and at:
                        break
                    rest = words[:at] + words[at + 1 :]
                    self._index.setdefault((kind, word), []).append(Entry(rule, rest))
        self.event_nouns = frozenset(lemma for kind, lemma in self._index if kind == "noun")

    @property
    def lemmas(self) -> Mapping[str, frozenset[str]]:
        """The lemmas that the rules know, by part of speech: of verbs the first word of each pattern, else all words."""
        verbs = {words[0] for rule in self.rules for kind, words in rule.patterns if kind == "verb"}
        verbs.update(word for rule in self.rules for word in rule.complement)
        others: set[str] = set()
        for rule in self.rules:
            others.update(*(words if kind != "verb" else words[1:] for kind, words in rule.patterns))
            others.update(*rule.where.values(), *rule.unless.values())
        return {"VERB": frozenset(verbs), "NOUN": frozenset(others), "ADJ": frozenset(others)}

    def entries(self, kind: PredicateKind, lemma: str) -> Sequence[Entry]:
        """The patterns whose predicate is that lemma."""
        return self._index.get((kind, lemma), ())


def load_rules(language: Language, ontology: Ontology, folders: Iterable[Path] = ()) -> Rulebook:
    """The rules of a language, before them those in the user's folders, which win where both fit alike. Raises LanguageError for
    a faulty file."""
    classes = word_classes(language)
    rules: list[Rule] = []
    folders = tuple(folders)
    for folder in folders:
        check_folder(folder)
    for folder in (*folders, language.folder / "events"):
        for path in rule_files(folder, language.code):
            rules.extend(_rules_in(path, language, ontology, classes, len(rules)))
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            raise LanguageError(f"{rule.id}: two rules have this name; rename one")
        seen[rule.id] = rule.event
    return Rulebook(rules)


def word_classes(language: Language) -> Mapping[str, frozenset[str]]:
    """The named word lists of `language.toml`, by "@name"."""
    classes = language.facts_of("classes")
    return {f"@{name}": frozenset(w.lower() for w in cast(list[str], words)) for name, words in classes.items()}


def _rules_in(
    path: Path, language: Language, ontology: Ontology, classes: Mapping[str, frozenset[str]], first: int
) -> Iterator[Rule]:
    data = read_toml(path)
    event = data.get("event")
    if not isinstance(event, str) or event not in ontology.types:
        raise LanguageError(f"{path}: no such event type {event!r}; one of {', '.join(ontology.types)}")
    others = sorted(set(data) - {"event", "rule"})
    if others:
        raise LanguageError(f"{path}: no such key {others[0]!r}; a file has event = ... and rules under [[rule]]")
    given: object = data.get("rule", [])
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in cast(list[object], given)):
        raise LanguageError(f"{path}: a rule begins with [[rule]], in two pairs of brackets")
    for number, entry in enumerate(cast(list[dict[str, Any]], given)):
        yield _rule(entry, event, f"{language.code}/{path.stem}", ontology, classes, first + number)


def _rule(
    entry: Mapping[str, Any],
    event: str,
    prefix: str,
    ontology: Ontology,
    classes: Mapping[str, frozenset[str]],
    order: int,
) -> Rule:
    if "name" not in entry:
        raise LanguageError(f"{prefix}: a rule has no name; give each one")
    id = f"{prefix}/{entry['name']}"
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise LanguageError(f"{id}: no such key {unknown[0]!r}; one of {', '.join(sorted(KEYS))}")
    mode: object = entry.get("mode")
    modes = ontology.types[event].modes
    if mode is not None and (not isinstance(mode, str) or mode not in modes):
        raise LanguageError(f"{id}: no such mode {mode!r}; one of {', '.join(modes) or 'none'}")
    for key in LISTS & entry.keys():
        if not isinstance(entry[key], list) or not all(isinstance(x, str) for x in cast(list[object], entry[key])):
            raise LanguageError(f'{id}: {key} wants a list, such as {key} = ["..."], not {entry[key]!r}')
    for key in ("where", "unless"):
        if not isinstance(entry.get(key, {}), dict):
            raise LanguageError(f'{id}: {key} wants a table, such as {key} = {{ object = ["fire"] }}')
    patterns: tuple[tuple[PredicateKind, tuple[str, ...]], ...] = tuple(
        (kind, tuple(str(pattern).lower().split())) for key, kind in KINDS.items() for pattern in entry.get(key, [])
    )
    if not all(words for _, words in patterns):
        raise LanguageError(f"{id}: a pattern without a word; take it out")
    if not patterns:
        raise LanguageError(f"{id}: no verbs, nouns or adjectives; add one of them")
    needs = frozenset(entry.get("needs", []))
    if needs - {"actor", "recipient"}:
        raise LanguageError(f"{id}: needs may name 'actor' and 'recipient' only")
    return Rule(
        id=id,
        event=event,
        mode=mode,
        patterns=patterns,
        actor=_roles(entry.get("actor", "subject"), id),
        recipient=_roles(entry.get("recipient", "object"), id),
        needs=needs,
        where=_conditions(entry.get("where", {}), classes, id),
        unless=_conditions(entry.get("unless", {}), classes, id),
        complement=_words(entry.get("complement", []), classes, id),
        reciprocal=bool(entry.get("reciprocal")),
        asserts=bool(entry.get("asserts", True)),
        beside=bool(entry.get("beside")),
        examples=tuple(entry.get("examples", [])),
        counterexamples=tuple(entry.get("counterexamples", [])),
        not_yet=tuple(entry.get("not_yet", [])),
        order=order,
    )


def _roles(value: object, id: str) -> Roles:
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in cast(list[object], parts)):
        raise LanguageError(f'{id}: a role is a word, words between "|", or a list of these; not {value!r}')
    return tuple(tuple(p.strip() for p in part.split("|") if p.strip()) for part in cast(list[str], parts))


def _conditions(
    table: Mapping[str, Any], classes: Mapping[str, frozenset[str]], id: str
) -> Mapping[str, frozenset[str]]:
    return {role: _words(words, classes, id) for role, words in table.items()}


def _words(words: object, classes: Mapping[str, frozenset[str]], id: str) -> frozenset[str]:
    """Lower-case lemmas with the named classes put in; "@actor" and the like stay as they are."""
    if not isinstance(words, list) or not all(isinstance(word, str) for word in cast(list[object], words)):
        raise LanguageError(f"{id}: a list of words is wanted, not {words!r}")
    found: set[str] = set()
    for word in cast(list[str], words):
        if word in BUILT_IN:
            found.add(word)
        elif word.startswith("@"):
            if word not in classes:
                raise LanguageError(f"{id}: no such class {word!r}; one of {', '.join(sorted({*classes, *BUILT_IN}))}")
            found |= classes[word]
        else:
            found.add(word.lower())
    return frozenset(found)


BUILT_IN = frozenset({"@actor", "@country", "@person", "@any", "@infinitive", "@obligation"})
