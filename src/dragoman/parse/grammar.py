"""What clause building has to know of a language: its light verbs, auxiliaries, negations, prepositions, links.

In: the facts of a `language.toml`. Out: `Grammar`, closed word lists ready to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

from dragoman.languages import Language, LanguageError

LINKS = ("condition", "purpose", "concession", "cause", "time", "adverbial")
MODALITIES = ("possible", "probable", "necessary", "advised", "conditional")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Closed word classes of one language, as lower-case lemmas."""

    light_verbs: frozenset[str]
    happening_verbs: frozenset[str]
    perfect_auxiliaries: frozenset[str]
    inverted_conditions: frozenset[str]
    future_auxiliaries: frozenset[str]
    modals: Mapping[str, frozenset[str]]
    wishing_auxiliaries: frozenset[str]  # that say what one wants oneself, though modals: "vuole"
    modal_adverbs: Mapping[str, Any]
    negations: frozenset[str]
    negative_words: frozenset[str]
    adversatives: frozenset[str]
    wondering_verbs: frozenset[str]
    further_words: frozenset[str]
    without_words: frozenset[str]
    agent_prepositions: frozenset[str]
    noun_agent_prepositions: frozenset[str]
    control_prepositions: tuple[str, ...]
    place_prepositions: frozenset[str]
    own_prepositions: frozenset[str]
    counting_prepositions: frozenset[str]  # "up to 1,000 miners"
    quantifiers: frozenset[str]
    mutual_prepositions: tuple[str, ...]
    course_prepositions: frozenset[str]
    complex_prepositions: Mapping[str, str]
    subject_control: frozenset[str]
    object_control: Mapping[str, frozenset[str]]  # from what opens the clause ("of", "from") to verbs
    reason_marks: frozenset[str]
    complement_marks: frozenset[str]
    object_control_nouns: frozenset[str]
    asking_verbs: frozenset[str]
    prospective: Mapping[str, str]  # from an auxiliary to what opens its infinitive: "are to", "sta per"
    unfulfilled: Mapping[str, str]  # from an auxiliary to its adverb: "has yet to", "deve ancora"
    unaccusative_verbs: frozenset[str]
    passive_auxiliaries: frozenset[str]
    auxiliaries: frozenset[str]  # all there are
    copular_verbs: frozenset[str]
    aspectual_verbs: frozenset[str]  # that say of an act that it begins or goes on: "continue"
    infinitive_endings: frozenset[str]
    past_forms: frozenset[str]
    past_endings: frozenset[str]
    headline_forms: frozenset[str]  # of the present that look like nouns: "lifts"
    particles: Mapping[str, frozenset[str]]  # from a particle to the verbs it goes with
    calendar: frozenset[str]  # names of days and months
    day_words: frozenset[str]  # "today"
    name_particles: frozenset[str]  # small words within names: "von", "bin"
    telling_verbs: frozenset[str]
    infinitive_verbs: frozenset[str]
    link_words: Mapping[str, str]


def grammar_of(language: Language) -> Grammar:
    """The grammar section of a language. Raises LanguageError for a link or a modality that does not exist."""
    facts = language.facts_of("grammar")
    file = language.folder / "language.toml"

    def words(key: str) -> frozenset[str]:
        return frozenset(_list(facts, key, file))

    modals: Mapping[str, Iterable[str]] = facts.get("modals", {})
    adverbs: Mapping[str, Iterable[str]] = facts.get("modal_adverbs", {})
    links: Mapping[str, Iterable[str]] = facts.get("links", {})
    control: Mapping[str, Iterable[str]] = facts.get("object_control", {})
    particles: Mapping[str, Iterable[str]] = facts.get("particles", {})
    embedding: Mapping[str, Iterable[str]] = language.facts_of("embedding")
    for table, allowed, name in (
        (modals, MODALITIES, "modals"),
        (adverbs, MODALITIES, "modal_adverbs"),
        (links, LINKS, "links"),
    ):
        for key in table:
            if key not in allowed:
                raise LanguageError(f"{file}: [grammar.{name}] has no {key!r}; one of {', '.join(allowed)}")
    return Grammar(
        light_verbs=frozenset(language.facts["light_verbs"]),
        happening_verbs=words("happening_verbs"),
        perfect_auxiliaries=words("perfect_auxiliaries"),
        inverted_conditions=words("inverted_conditions"),
        future_auxiliaries=words("future_auxiliaries"),
        modals={key: frozenset(value) for key, value in modals.items()},
        wishing_auxiliaries=words("wishing_auxiliaries"),
        modal_adverbs={word: key for key, value in adverbs.items() for word in value},
        negations=words("negations"),
        negative_words=words("negative_words"),
        adversatives=words("adversatives"),
        wondering_verbs=words("wondering_verbs"),
        further_words=words("further_words"),
        without_words=words("without_words"),
        agent_prepositions=words("agent_prepositions"),
        noun_agent_prepositions=words("noun_agent_prepositions") or words("agent_prepositions"),
        control_prepositions=tuple(_list(facts, "control_prepositions", file)),
        place_prepositions=words("place_prepositions"),
        own_prepositions=words("own_prepositions"),
        counting_prepositions=words("counting_prepositions"),
        quantifiers=words("quantifiers"),
        mutual_prepositions=tuple(_list(facts, "mutual_prepositions", file)),
        course_prepositions=words("course_prepositions"),
        complex_prepositions=dict(facts.get("complex_prepositions", {})),
        subject_control=words("subject_control"),
        object_control={mark: frozenset(_list(control, mark, file)) for mark in control},
        reason_marks=words("reason_marks"),
        complement_marks=words("complement_marks"),
        object_control_nouns=words("object_control_nouns"),
        asking_verbs=words("asking_verbs"),
        prospective=dict(facts.get("prospective", {})),
        unfulfilled=dict(facts.get("unfulfilled", {})),
        unaccusative_verbs=words("unaccusative_verbs"),
        passive_auxiliaries=words("passive_auxiliaries"),
        auxiliaries=words("auxiliaries"),
        copular_verbs=words("copular_verbs"),
        aspectual_verbs=words("aspectual_verbs"),
        infinitive_endings=words("infinitive_endings"),
        past_forms=words("past_forms"),
        past_endings=words("past_endings"),
        headline_forms=words("headline_forms"),
        particles={particle: frozenset(_list(particles, particle, file)) for particle in particles},
        calendar=calendar_of(language),
        day_words=words("day_words"),
        name_particles=frozenset(language.table("actors").get("grammar", {}).get("particles", ())),
        telling_verbs=frozenset(embedding.get("reporting", ())),
        infinitive_verbs=frozenset(
            word for key in ("unrealised", "planned", "negative") for word in embedding.get(key, ())
        ),
        link_words={word: key for key, value in links.items() for word in value},
    )


def calendar_of(language: Language) -> frozenset[str]:
    """Names of days and months, as CLDR has them, without those that are words or names of their own ("May")."""
    locale = Locale.parse(language.code)
    names: set[str] = set()
    for table in (locale.days, locale.months):
        for kind in ("format", "stand-alone"):
            names.update(str(name).lower() for name in table[kind]["wide"].values())
    dates: Mapping[str, Mapping[str, Iterable[str]]] = language.table("dates")
    return frozenset(names.difference(dates.get("names", {}).get("ambiguous", ())))


def _list(facts: Mapping[str, Any], key: str, file: object) -> list[str]:
    value = facts.get(key, [])
    if not isinstance(value, list):
        raise LanguageError(f"{file}: [grammar] {key!r} must be a list of words")
    return [str(word).lower() for word in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
