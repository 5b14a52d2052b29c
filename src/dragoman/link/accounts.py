"""Who tells what: the occurrences of a story with the word of every teller on each.

In: the readings of a story's articles, and which of them are copies. Out: `Story` with its occurrences and tellers. A wire text
that several outlets print is one teller's word, its original's.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dragoman.link.claims import claims_of
from dragoman.link.countries import with_countries
from dragoman.link.denials import bare_denials
from dragoman.link.head import head_of
from dragoman.link.meaning import Meant, meaning_of
from dragoman.link.occurrences import occurrences_of
from dragoman.link.records import Cell, Membership, Occurrence, Story, Teller, Telling
from dragoman.link.status import status_of
from dragoman.link.told import Claim
from dragoman.link.voices import Voice, Voices
from dragoman.ontology import Ontology
from dragoman.records import Interval, Reading

LONGEST = 12  # words of a title
_STRONGEST: tuple[Cell, ...] = ("silent", "hedges", "asserts", "denies")


def story_of(
    members: Sequence[Membership], readings: Iterable[Reading], ontology: Ontology, meant: Meant = meaning_of
) -> Story:
    """What the articles of a story tell together. `members` in order, the first report first; readings of it and of those
    whose words are to be looked at. `meant` gives the meaning of the passages of a reading, and is asked where several are no copies."""
    voices = {member.article: member.voice for member in members}
    told = [reading for reading in readings if reading.article.id in voices]
    by_article = {reading.article.id: reading for reading in with_countries(told, voices, ontology.non_state)}
    copies = {member.article: member.copy_of for member in members if member.copy_of}
    heads = [(head_of(by_article[member.article]), member.voice) for member in members if member.article in by_article]
    compared = len(by_article.keys() - copies.keys()) > 1
    claims = [
        claim
        for head, voice in heads
        for claim in claims_of(head, voice, ontology.non_state, meant(head) if compared else None)
    ]
    position = {member.article: number for number, member in enumerate(members)}
    groups = [group for group in occurrences_of(claims, ontology, copies) if _is_told(group, copies)]
    groups.sort(key=lambda group: min((position[c.article.id], c.trigger) for c in group))
    denials = bare_denials(
        groups,
        (
            voice
            for member in members
            if member.article in by_article
            for voice in Voices(by_article[member.article], member.voice, ontology.non_state).of_denials()
        ),
    )
    first = by_article[members[0].article].article
    days = [day for member in members if member.published for day in (member.published.start, member.published.end)]
    occurrences = tuple(
        _occurrence(f"o{number + 1}", group, denials.get(number, ()), by_article) for number, group in enumerate(groups)
    )
    return Story(
        id=first.id,
        title=first.title or _opening(first.text),
        articles=tuple(members),
        occurrences=occurrences,
        tellers=_tellers(claims),
        start=min(days) if days else None,
        end=max(days) if days else None,
        parties=_parties(claims),
    )


def _occurrence(
    id: str, group: Sequence[Claim], denials: Sequence[Voice], readings: Mapping[str, Reading]
) -> Occurrence:
    types = Counter(claim.type for claim in group if claim.type)
    type = max(types, key=lambda name: (types[name], name)) if types else None
    alike = [claim for claim in group if claim.type == type]
    leading = min(
        alike, key=lambda claim: (claim.part, not claim.voices, claim.kind == "passage")
    )  # the first that somebody tells
    fullest = max(group, key=lambda claim: (len(claim.codes[0]) > 0) + (len(claim.codes[1]) > 0))
    told = _by_teller(group)
    for voice in denials:
        published = readings[voice.evidence.article].article.published
        told.setdefault(voice.teller.id, []).append((published.start if published else None, voice))
    tellings = tuple(sorted((_telling(voices) for voices in told.values()), key=lambda one: one.teller))
    place = next((claim.place.name for claim in group if claim.place), None)
    modes = tuple(sorted({mode for claim in group for mode in claim.modes if claim.type == type}))
    return Occurrence(
        id=id, type=type, title=_title(leading), actors=fullest.codes[0], recipients=fullest.codes[1],
        events=tuple((claim.article.id, claim.key) for claim in group), tellings=tellings,
        status=status_of(tellings), modes=modes, when=_when(group), place=place,
        quad=leading.quad, score=leading.score,
    )  # fmt: skip


def _is_told(group: Sequence[Claim], copies: Mapping[str, str]) -> bool:
    """Whether a group is an occurrence: an event; or what a source says, or two articles tell, unless it is but a part of that or
    nobody is known to say it."""
    whole = [claim for claim in group if claim.type or (claim.voices and not claim.part)]
    if any(claim.kind in ("event", "statement") for claim in whole):
        return True
    return bool(whole) and len({copies.get(claim.article.id, claim.article.id) for claim in group}) > 1


def _title(claim: Claim) -> str:
    """An event by the words from those that name it on, anything else by all its words, as far as they fit a line."""
    start = claim.trigger.start if claim.type else min(claim.sentence.start, claim.trigger.start)
    words = claim.article.text[start : max(claim.sentence.end, claim.trigger.end)].split()
    kept = " ".join(words[:LONGEST])
    return f"{kept} …" if len(words) > LONGEST else kept.rstrip(".")


def _by_teller(group: Iterable[Claim]) -> dict[str, list[tuple[datetime.date | None, Voice]]]:
    """The voices of a group by teller; an outlet that only passes the words of others on is there with none of its own."""
    found: dict[str, list[tuple[datetime.date | None, Voice]]] = {}
    group = list(group)
    affirmed = any(claim.kind == "event" or not claim.negated for claim in group)
    for claim in group:
        day = claim.article.published.start if claim.article.published else None
        for voice in claim.voices:
            if affirmed and claim.negated and voice.stance == "asserts":  # "no agreement exists", of an agreement
                voice = replace(voice, stance="denies")
            found.setdefault(voice.teller.id, []).append((day, voice))
            if voice.cited_by:
                cited = Voice(voice.cited_by, "silent", voice.evidence)
                found.setdefault(voice.cited_by.id, []).append((day, cited))
    return found


def _telling(voices: Sequence[tuple[datetime.date | None, Voice]]) -> Telling:
    """One teller's word: its latest stance; of one day, the strongest."""
    teller = voices[0][1].teller.id
    own = [(day, voice) for day, voice in voices if voice.stance != "silent"]
    cites = tuple(dict.fromkeys(voice.evidence.statement or "" for _, voice in voices if voice.stance == "silent"))
    if not own:
        evidence = tuple(dict.fromkeys(voice.evidence for _, voice in voices))
        return Telling(teller, "silent", evidence, cites=tuple(filter(None, cites)))
    by_day: dict[datetime.date | None, Cell] = {}
    for day, voice in own:
        before = by_day.get(day, "silent")
        by_day[day] = voice.stance if _STRONGEST.index(voice.stance) > _STRONGEST.index(before) else before
    history = tuple(sorted(by_day.items(), key=lambda item: item[0] or datetime.date.max))
    stance = history[-1][1]
    days = [day for day, voice in own if voice.stance == stance and day]
    evidence = tuple(dict.fromkeys(voice.evidence for _, voice in own))
    return Telling(teller, stance, evidence, min(days) if days else None, (), history)


def _when(group: Sequence[Claim]) -> Interval | None:
    """The most exact of the days that are told."""
    told = [claim.when for claim in group if claim.when]
    return min(told, key=lambda when: ((when.end - when.start).days, when.start)) if told else None


def _tellers(claims: Iterable[Claim]) -> tuple[Teller, ...]:
    """All who tell something, sources before outlets, those who say most first."""
    known: dict[str, Teller] = {}
    said: Counter[str] = Counter()
    for claim in claims:
        for voice in claim.voices:
            for teller in (voice.teller, voice.cited_by):
                if teller:
                    known.setdefault(teller.id, teller)
                    said[teller.id] += 1
    return tuple(sorted(known.values(), key=lambda teller: (teller.kind == "outlet", -said[teller.id], teller.id)))


def _parties(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The countries and other parties that have most to do with the story."""
    found = Counter(party.country for claim in claims for party in claim.parties if party.country)
    return tuple(code for code, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:4])


def _opening(text: str) -> str:
    """The first words of a text, for one without a title."""
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
