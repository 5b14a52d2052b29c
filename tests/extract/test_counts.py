"""How many were killed, injured, arrested, or came together."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import languages
from dragoman.extract.quantities import Numbers, number_words
from dragoman.parse.words import Word
from dragoman.pipeline import Reader
from dragoman.records import Article, Count, Reading

# "of low best high" of all events together, "-" for what is not known.
ENGLISH = (
    ("Gunmen killed at least 20 Nigerian soldiers.", "killed 20 20 -"),
    ("A suicide attack in Kabul by the Taliban left 12 dead and 30 wounded.", "killed 12 12 12; injured 30 30 30"),
    ("Turkish police arrested 50 protesters.", "arrested 50 50 50"),
    ("More than 10,000 Georgians marched in Tbilisi.", "crowd 10000 10000 -"),
    ("Between 20 and 30 rebels were killed by Chadian troops.", "killed 20 - 30"),
    ("Chadian troops killed 20 to 30 rebels.", "killed 20 - 30"),
    ("Israeli forces wounded dozens of Palestinians.", "injured 24 - -"),
    ("Scores of Iraqi protesters were injured by police.", "injured 40 - -"),
    ("About 300 Belarusian students were detained.", "arrested - 300 -"),
    ("Nearly 200 Kurdish fighters were captured or killed by Turkish troops.", "killed - 200 200"),
    ("Up to 15 Syrian soldiers died in an Israeli air strike.", "killed - 15 15"),
    ("Rebels killed three Indian soldiers and two policemen.", "killed 5 5 5"),
    ("Rebels killed 11 Malian civilians, including four children.", "killed 11 11 11"),
    ("France condemned the killing of six aid workers in Niger by gunmen.", "killed 6 6 6"),
    ("Egypt executed 15 men convicted of terrorism.", "killed 15 15 15"),
    ("Gunmen shot dead a Somali lawmaker.", "killed 1 1 1"),
    ("Israeli troops killed a 16-year-old boy in Jenin.", "killed 1 1 1"),
    ("Police in Kenya arrested an opposition leader and 14 supporters.", "arrested 15 15 15"),
    ("Tens of thousands of Armenians protested in Yerevan.", "crowd 20000 - -"),
    ("Several hundred Serbian workers went on strike.", "crowd 300 - -"),
    ("Rebels attacked a village in Chad on Monday. The death toll rose from 12 to 19.", "killed 19 19 19"),
    (
        "Rebels attacked a village in Chad on Monday. Twenty-five people were killed and a dozen wounded.",
        "killed 25 25 25; injured - 12 -",
    ),
    ("The Russian shelling of Kherson, which killed two women, was condemned by France.", "killed 2 2 2"),
    (
        "Russian rockets hit a market in Kherson, killing 17 and wounding more than 60.",
        "killed 17 17 17; injured 60 60 -",
    ),
    ("Two hundred and fifty Iranian workers were arrested by police.", "arrested 250 250 250"),
    ("The attack by gunmen on a Pakistani mosque claimed 45 lives.", "killed 45 45 45"),
    ("Russia fired 40 missiles at Kyiv.", ""),
    ("The Syrian army destroyed 12 tanks.", ""),
    ("The United States gave Ukraine $300 million.", ""),
    ("China has held 3 million tons of grain.", ""),
    ("Police arrested the mayor of Ankara on 12 May.", ""),
    ("Colombian rebels killed 200 cattle.", ""),
    ("Ukrainian drones struck a depot 400 kilometers from Moscow.", ""),
    ("Turkey jailed a journalist for 12 years.", "arrested 1 1 1"),
    ("In 1994 Russian troops attacked Grozny.", ""),
    ("Twenty of the 30 passengers were killed by Malian gunmen.", "killed 20 20 20"),
    ("An earthquake killed 120 people in Turkey.", ""),
    ("Russian troops attacked Kherson. An earthquake in Iran killed 120 people.", ""),
)
ITALIAN = (
    ("I ribelli hanno ucciso almeno 20 soldati nigeriani.", "killed 20 20 -"),
    ("Un attentato dei talebani a Kabul ha provocato 12 morti e 30 feriti.", "killed 12 12 12; injured 30 30 30"),
    ("La polizia turca ha arrestato 50 manifestanti.", "arrested 50 50 50"),
    ("Oltre 10.000 persone hanno manifestato a Tbilisi contro il governo georgiano.", "crowd 10000 10000 -"),
    ("Tra 20 e 30 ribelli sono stati uccisi dalle truppe del Ciad.", "killed 20 - 30"),
    ("I soldati israeliani hanno ferito decine di palestinesi.", "injured 20 - -"),
    ("Circa trecento studenti bielorussi sono stati arrestati.", "arrested - 300 -"),
    ("Fino a 15 soldati siriani sono morti in un raid israeliano.", "killed - 15 15"),
    ("I ribelli hanno ucciso tre soldati indiani e due poliziotti.", "killed 5 5 5"),
    ("I ribelli hanno ucciso undici civili maliani, tra cui quattro bambini.", "killed 11 11 11"),
    ("La Francia ha condannato l'uccisione di sei operatori umanitari in un attacco in Niger.", "killed 6 6 6"),
    ("L'Egitto ha giustiziato quindici uomini condannati per terrorismo.", "killed 15 15 15"),
    ("La polizia del Kenya ha arrestato un oppositore e 14 attivisti.", "arrested 15 15 15"),
    ("Decine di migliaia di armeni hanno protestato a Erevan.", "crowd 20000 - -"),
    ("Migliaia di lavoratori serbi hanno scioperato.", "crowd 2000 - -"),
    (
        "I ribelli hanno attaccato un villaggio in Ciad. Il bilancio è di 12 morti e una trentina di feriti.",
        "killed 12 12 12; injured - 30 -",
    ),
    ("I ribelli hanno attaccato un villaggio in Ciad. Il bilancio è salito a 19 morti.", "killed 19 19 19"),
    (
        "Razzi russi hanno colpito un mercato a Kherson, uccidendo 17 persone e ferendone oltre 60.",
        "killed 17 17 17; injured 60 60 -",
    ),
    ("Duecentocinquanta operai iraniani sono stati arrestati dalla polizia.", "arrested 250 250 250"),
    ("Un centinaio di dissidenti cubani sono stati arrestati.", "arrested - 100 -"),
    ("Quasi duemila soldati ucraini sono rimasti uccisi nei bombardamenti russi.", "killed - 2000 2000"),
    (
        "I soldati israeliani hanno sparato contro i manifestanti: due morti e venti feriti.",
        "killed 2 2 2; injured 20 20 20",
    ),
    ("Nel raid israeliano su Gaza sono morte 17 persone.", "killed 17 17 17"),
    ("I militari birmani hanno aperto il fuoco sui manifestanti, uccidendone almeno tre.", "killed 3 3 -"),
    ("La manifestazione di 5.000 studenti serbi a Belgrado.", "crowd 5000 5000 5000"),
    ("I militari turchi hanno ucciso un giovane di 19 anni.", "killed 1 1 1"),
    ("La Russia ha lanciato 40 missili su Kiev.", ""),
    ("Gli Stati Uniti hanno dato all'Ucraina 300 milioni di dollari.", ""),
    ("La polizia ha arrestato il sindaco di Ankara il 12 maggio.", ""),
    ("L'esercito siriano ha distrutto dodici carri armati.", ""),
    ("Le truppe russe hanno attaccato Grozny nel 1994.", ""),
    ("Le truppe russe hanno attaccato Kherson. Un terremoto in Iran ha causato 120 morti.", ""),
    ("I ribelli hanno attaccato un villaggio a 40 chilometri da Goma.", ""),
)

NUMBERS = (
    ("en", "two hundred and fifty", [(250, 250, 250)]),
    ("en", "twenty - five", [(25, 25, 25)]),
    ("en", "1,200", [(1200, 1200, 1200)]),
    ("en", "2.5 million", [(2_500_000, 2_500_000, 2_500_000)]),
    ("en", "20 and 30", [(20, 20, 20), (30, 30, 30)]),
    ("en", "between 20 and 30", [(20, None, 30)]),
    ("en", "20 - 30", [(20, None, 30)]),
    ("en", "from 20 to 30", [(20, 20, 20), (30, 30, 30)]),  # "rose from 20 to 30"
    ("en", "20 or more", [(20, 20, None)]),
    ("en", "at least some 20", [(20, 20, None)]),
    ("en", "about 20", [(None, 20, None)]),
    ("en", "two dozen", [(24, 24, 24)]),
    ("en", "a dozen", [(None, 12, None)]),
    ("en", "dozens", [(24, None, None)]),
    ("en", "hundreds of thousands", [(200_000, None, None)]),
    ("it", "duemilacinquecento", [(2500, 2500, 2500)]),
    ("it", "10mila", [(10_000, 10_000, 10_000)]),
    ("it", "1,5 milioni", [(1_500_000, 1_500_000, 1_500_000)]),
    ("it", "tra 20 e 30", [(20, None, 30)]),
    ("it", "una trentina", [(None, 30, None)]),
    ("it", "decine di migliaia", [(20_000, None, None)]),
    ("it", "più di mille", [(1000, 1000, None)]),
)


@functools.cache
def reader() -> Reader:
    return Reader()


def read(text: str, language: str) -> Reading:
    return reader().read(Article("x", text, language))


def shown(counts: Sequence[Count]) -> str:
    values = ((count.of, count.low, count.best, count.high) for count in counts)
    return "; ".join(" ".join("-" if value is None else str(value) for value in some) for some in values)


@pytest.mark.parametrize(("text", "counts"), ENGLISH)
def test_counts_in_english(text: str, counts: str) -> None:
    assert shown([count for event in read(text, "en").events for count in event.counts]) == counts


@pytest.mark.parametrize(("text", "counts"), ITALIAN)
def test_counts_in_italian(text: str, counts: str) -> None:
    assert shown([count for event in read(text, "it").events for count in event.counts]) == counts


@pytest.mark.parametrize(("language", "text", "values"), NUMBERS)
def test_numbers(language: str, text: str, values: list[tuple[int | None, ...]]) -> None:
    words = [Word(i, i, i + 1, form, form, "X", "", 0, "root") for i, form in enumerate(text.split())]
    found = Numbers(words, number_words(languages.load(language))).find()
    assert [(quantity.low, quantity.best, quantity.high) for quantity in found] == values


def test_each_count_belongs_to_the_event_that_tells_it() -> None:
    text = "Kenyan police killed four people and arrested 30, including two lawmakers."
    counts = {event.type: shown(event.counts) for event in read(text, "en").events}
    assert counts == {"ASSAULT": "killed 4 4 4", "COERCE": "arrested 30 30 30"}


def test_a_toll_belongs_to_the_attack_of_the_sentence_before_and_to_no_other() -> None:
    attack, toll = "Rebels attacked a village in Chad.", "At least 40 people died."
    assert [shown(event.counts) for event in read(f"{attack} {toll}", "en").events] == ["killed 40 40 -"]
    between = "The president of Chad visited Togo."
    assert [shown(event.counts) for event in read(f"{attack} {between} {toll}", "en").events] == ["", ""]


def test_the_span_tells_the_count() -> None:
    text = "Rebels killed three Indian soldiers and two policemen and wounded at least 20 others."
    found = {count.of: count.span.of(text) for event in read(text, "en").events for count in event.counts}
    assert found == {"killed": "three Indian soldiers and two policemen", "injured": "at least 20 others"}


PIECES = [
    "Gunmen killed", "I ribelli hanno ucciso", "at least", "tra", "20", "e", "and", "30", "soldiers", "persone", "dozens of", "una trentina di",
    "wounded", "feriti", ",", ".", "including", "of the", "-", "10,000", "3.5", "million", "mila", "\n", "were killed",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.sampled_from(["en", "it"]))
def test_spans_lie_in_the_text_and_bounds_are_in_order(pieces: list[str], language: str) -> None:
    reading = read(" ".join(pieces), language)
    for count in (count for event in reading.events for count in event.counts):
        assert count.span.of(reading.article.text).strip()
        known = [value for value in (count.low, count.best, count.high) if value is not None]
        assert known == sorted(known)
        assert known[0] > 0
    assert Reading.from_dict(reading.to_dict()) == reading
