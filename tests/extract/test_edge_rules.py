"""The edge rules of the codebook (docs/codebook.md), a test each, in both languages.

A case is a sentence with the types (and modes) that it must give, and those that it must not.
"""

from __future__ import annotations

import functools

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Article, Interval

PUBLISHED = Interval.from_dict({"start": "2022-06-16", "end": "2022-06-16", "precision": "day"})

CASES = [
    ("talks to come are AGREE", "en", "Egypt will hold talks with Qatar on Monday.", "AGREE", "CONSULT"),
    ("talks to come are AGREE", "it", "L'Egitto avrà un colloquio con il Qatar lunedì.", "AGREE", "CONSULT"),
    ("a visit to come is AGREE", "en", "The Turkish president will visit Azerbaijan on Friday.", "AGREE", "CONSULT"),
    ("a visit to come is AGREE", "it", "Il presidente turco visiterà l'Azerbaigian venerdì.", "AGREE", "CONSULT"),
    ("aid to come is AGREE", "en", "Germany will send medicine to Ukraine.", "AGREE", "AID"),
    ("aid to come is AGREE", "it", "La Germania invierà cibo all'Ucraina.", "AGREE", "AID"),
    ("a retreat to come is CONCEDE", "en", "Russia will withdraw its troops from Georgia.", "CONCEDE", "RETREAT"),
    ("a retreat to come is CONCEDE", "it", "La Russia ritirerà le sue truppe dalla Georgia.", "CONCEDE", "RETREAT"),
    ("a withdrawal done is RETREAT", "en", "Russia withdrew its troops from Georgia.", "RETREAT withdraw", "CONCEDE"),
    ("a withdrawal done is RETREAT", "it", "La Russia ha ritirato le sue truppe dalla Georgia.", "RETREAT withdraw", "CONCEDE"),
    ("joint exercises are COOPERATE", "en", "Japan held a joint exercise with Australia.", "COOPERATE", "MOBILIZE"),
    ("joint exercises are COOPERATE", "it", "Il Giappone ha condotto esercitazioni congiunte con l'Australia.", "COOPERATE", "MOBILIZE"),
    ("one country's exercises are MOBILIZE", "en", "Russia held military exercises near the border.", "MOBILIZE", "COOPERATE"),
    ("one country's exercises are MOBILIZE", "it", "La Russia ha condotto esercitazioni militari vicino al confine.", "MOBILIZE", "COOPERATE"),
    ("releasing prisoners is RETREAT", "en", "Turkey released two Greek soldiers.", "RETREAT release", "CONCEDE"),
    ("releasing prisoners is RETREAT", "it", "La Turchia ha rilasciato due soldati greci.", "RETREAT release", "CONCEDE"),
    ("a pardon is CONCEDE", "en", "The Turkish president pardoned the Kurdish activist.", "CONCEDE", "RETREAT"),
    ("a pardon is CONCEDE", "it", "Il presidente turco ha graziato l'attivista curdo.", "CONCEDE", "RETREAT"),
    ("a conviction is SANCTION", "en", "A Russian court convicted the Ukrainian pilot.", "SANCTION convict", ""),
    ("a conviction is SANCTION", "it", "Un tribunale russo ha condannato la pilota ucraina a dieci anni di carcere.", "SANCTION convict", ""),
    ("with prison it is COERCE too", "en", "A Russian court sentenced the Ukrainian pilot to ten years in prison.", "COERCE arrest", ""),
    ("with prison it is COERCE too", "it", "Un tribunale russo ha condannato la pilota ucraina a dieci anni di carcere.", "COERCE arrest", ""),
    ("expelling diplomats is SANCTION", "en", "Norway expelled three Russian diplomats.", "SANCTION expel", "COERCE"),
    ("expelling diplomats is SANCTION", "it", "La Norvegia ha espulso tre diplomatici russi.", "SANCTION expel", "COERCE"),
    ("deporting persons is COERCE", "en", "Algeria deported the migrants from Niger.", "COERCE deport", "SANCTION"),
    ("deporting persons is COERCE", "it", "L'Algeria ha deportato i migranti nigerini.", "COERCE deport", "SANCTION"),
    ("barring at the border is REJECT", "en", "Poland barred the Belarusian journalists from entering.", "REJECT", "COERCE"),
    ("barring at the border is REJECT", "it", "La Polonia ha negato l'ingresso ai giornalisti bielorussi.", "REJECT", "COERCE"),
    ("capturing combatants is ASSAULT", "en", "Ukrainian troops captured three Russian soldiers.", "ASSAULT abduct", "COERCE"),
    ("capturing combatants is ASSAULT", "it", "Le truppe ucraine hanno catturato tre soldati russi.", "ASSAULT abduct", "COERCE"),
    ("withdrawing military aid is SANCTION", "en", "The United States suspended military aid to Pakistan.", "SANCTION", "RETREAT"),
    ("withdrawing military aid is SANCTION", "it", "Gli Stati Uniti hanno sospeso gli aiuti militari al Pakistan.", "SANCTION", "RETREAT"),
    ("summoning an ambassador is ACCUSE", "en", "Sweden summoned the Russian ambassador.", "ACCUSE disapprove", "CONSULT"),
    ("summoning an ambassador is ACCUSE", "it", "La Svezia ha convocato l'ambasciatore russo.", "ACCUSE disapprove", "CONSULT"),
    ("a diplomatic protest is ACCUSE", "en", "Japan lodged a protest with China.", "ACCUSE disapprove", "PROTEST"),
    ("a diplomatic protest is ACCUSE", "it", "Il Giappone ha protestato con la Cina per le manovre.", "ACCUSE disapprove", "PROTEST"),
    ("an invitation is AGREE", "en", "Egypt invited the Turkish president to Cairo.", "AGREE", "CONSULT"),
    ("an invitation is AGREE", "it", "L'Egitto ha invitato il presidente turco al Cairo.", "AGREE", "CONSULT"),
    ("a cyber attack is COERCE", "en", "Russian hackers attacked the Estonian parliament's website.", "COERCE cyber", "ASSAULT"),
    ("a cyber attack is COERCE", "it", "Hacker russi hanno attaccato il sito del parlamento estone.", "COERCE cyber", "ASSAULT"),
    ("signing is SUPPORT", "en", "Peru signed a treaty with Chile.", "SUPPORT", "AGREE"),
    ("signing is SUPPORT", "it", "Il Perù ha firmato un trattato con il Cile.", "SUPPORT", "AGREE"),
    ("a mission that observes is RETREAT", "en", "Iran allowed the UN inspectors to enter the site.", "RETREAT access", "AGREE"),
    ("a mission that observes is RETREAT", "it", "L'Iran ha permesso agli ispettori dell'Onu di entrare nel sito.", "RETREAT access", "AGREE"),
    ("resigning is RETREAT", "en", "The Lebanese prime minister resigned on Monday.", "RETREAT resign", ""),
    ("resigning is RETREAT", "it", "Il premier libanese si è dimesso lunedì.", "RETREAT resign", ""),
    ("what the doer will not do is REJECT", "en", "Germany will not send tanks to Ukraine, Scholz said.", "REJECT assist", "AID"),
    ("what the doer will not do is REJECT", "it", "La Germania non invierà carri armati all'Ucraina, ha detto Scholz.", "REJECT assist", "AID"),
    ("harm that the doer announces is THREATEN", "en", "Greece said it would expel the Libyan ambassador.", "THREATEN relations", "SANCTION"),
    ("harm that the doer announces is THREATEN", "it", "La Grecia ha detto che espellerà l'ambasciatore libico.", "THREATEN relations", "SANCTION"),
    ("harm that others foresee is no THREATEN", "en", "Analysts said Russia would attack Ukraine.", "ASSAULT", "THREATEN"),
    ("what another one must do is REQUEST", "en", "Egypt must open the crossing, the Israeli premier said.", "REQUEST ISR EGY", "CONCEDE"),
    ("what another one must do is REQUEST", "it", "Il premier svedese ha detto che l'Ungheria deve ratificare il trattato.", "REQUEST SWE HUN", "SUPPORT"),
    ("a blunt instrument is beat and primitive", "en", "Ugandan soldiers beat the journalists with clubs.", "ASSAULT beat primitive", ""),
    ("a blunt instrument is beat and primitive", "it", "I soldati ugandesi hanno picchiato i giornalisti con bastoni.", "ASSAULT beat primitive", ""),
    ("the visitor acts, the host receives", "en", "Poland hosted the Danish foreign minister.", "CONSULT visit DNK POL", ""),
    ("the visitor acts, the host receives", "it", "La Polonia ha ospitato il ministro degli Esteri danese.", "CONSULT visit DNK POL", ""),
]  # fmt: skip

NOT_YET: set[tuple[str, str]] = set()
"""Rules and languages that are known to fail."""


@functools.cache
def reader() -> Reader:
    return Reader()


def cases() -> list[object]:
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError)]
    return [
        pytest.param(*case[1:], id=f"{case[1]}-{case[0]}", marks=marks if case[:2] in NOT_YET else []) for case in CASES
    ]


@pytest.mark.parametrize(("language", "text", "wanted", "unwanted"), cases())
def test_edge_rule(language: str, text: str, wanted: str, unwanted: str) -> None:
    reading = reader().read(Article("edge", text, language, PUBLISHED))
    told = [
        [
            event.type,
            *event.modes,
            *(reading.actor(id).country or "-" for id in event.actors),
            *(reading.actor(id).country or "-" for id in event.recipients),
        ]
        for event in reading.events
        if event.polarity == "affirmed"
    ]
    assert any(set(wanted.split()) <= set(event) for event in told), told
    assert not unwanted or unwanted not in {event[0] for event in told}, told


def test_a_summit_is_one_event() -> None:
    text = "The leaders of France, Germany, Italy and Japan met in Hiroshima on Friday."
    events = [e for e in reader().read(Article("edge", text, "en", PUBLISHED)).events if e.type == "CONSULT"]
    assert len(events) == 1
    assert len(events[0].actors) == 4
    assert not events[0].recipients
