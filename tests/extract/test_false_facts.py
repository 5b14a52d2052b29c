"""What somebody calls untrue, has no proof of, is only accused of, or may yet do is never told as a fact, in whatever construction."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Reader
from dragoman.records import Article

NO_FACT = {
    "en": {
        "ASSAULT": [
            "It is false that Kenya attacked Uganda on Monday.",
            "It is not true that Kenya attacked Uganda.",
            "It is a lie that Kenya attacked Uganda.",
            "It is incorrect to state that Kenya attacked Uganda.",
            "It would be wrong to say that Kenya attacked Uganda.",
            "It is impossible that Kenya attacked Uganda.",
            "It is not certain that Kenya attacked Uganda.",
            "The accusation that Kenya attacked Uganda is baseless.",
            "The idea that Kenya attacked Uganda is nonsense.",
            "There is no truth to claims that Kenya attacked Uganda.",
            "There is no evidence that Kenya attacked Uganda.",
            "There was no evidence of a Kenyan attack on Uganda.",
            "The ministry found no proof of Kenya's attack on Uganda.",
            "There was no attack by Kenya on Uganda.",
            "Kenya's attack on Uganda never happened.",
            "Kenya's attack on Uganda is a myth.",
            "The Kenyan attack on Uganda turned out to be a hoax.",
            "The Kenyan attack on Uganda was invented.",
            "The story of a Kenyan attack on Uganda is false.",
            "Kenya played no part in the attack on Uganda.",
            "Kenya had nothing to do with the attack on Uganda.",
            "Kenya has been absolved of attacking Uganda.",
            "Kenya disproved that it had attacked Uganda.",
            "Kenya pretended to attack Uganda.",
            "Kenya is accused of attacking Uganda.",
            "Somalia was blamed for attacking Uganda.",
            "Kenya is on the verge of attacking Uganda.",
            "Kenya is capable of attacking Uganda.",
            "Kenya hesitated to attack Uganda.",
            "Kenya was tempted to attack Uganda.",
            "Kenya was reluctant to attack Uganda.",
            "Kenya's reluctance to attack Uganda surprised Somalia.",
            "Kenya lacked the means to attack Uganda.",
            "Kenya gave up attacking Uganda.",
            "The danger of a Kenyan attack on Uganda is growing.",
        ],
        "SANCTION": [
            "It is not the case that Kenya expelled the Ugandan ambassador.",
            "The report that Kenya expelled the Ugandan ambassador proved false.",
            "Kenya stopped short of expelling the Ugandan ambassador.",
            "Kenya held back from expelling the Ugandan ambassador.",
            "Kenya came close to expelling the Ugandan ambassador.",
        ],
        "CONSULT": [
            "There have been no talks between Kenya and Uganda.",
            "The talks between Kenya and Uganda never materialised.",
        ],
    },
    "it": {
        "ASSAULT": [
            "È falso che il Kenya abbia attaccato l'Uganda.",
            "Non è vero che il Kenya ha attaccato l'Uganda.",
            "È una bugia che il Kenya abbia attaccato l'Uganda.",
            "È falso affermare che il Kenya ha attaccato l'Uganda.",
            "È impossibile che il Kenya abbia attaccato l'Uganda.",
            "Non è stato provato che il Kenya abbia attaccato l'Uganda.",
            "L'accusa che il Kenya abbia attaccato l'Uganda è infondata.",
            "Non ci sono prove che il Kenya abbia attaccato l'Uganda.",
            "La Somalia non ha trovato tracce di un attacco del Kenya all'Uganda.",
            "L'attacco del Kenya all'Uganda non è mai avvenuto.",
            "L'attacco del Kenya all'Uganda è un'invenzione.",
            "L'attacco del Kenya all'Uganda si è rivelato una bufala.",
            "L'attacco del Kenya all'Uganda è stato inventato.",
            "La storia di un attacco del Kenya all'Uganda è falsa.",
            "Il Kenya non ha avuto alcun ruolo nell'attacco all'Uganda.",
            "Il Kenya non ha nulla a che vedere con l'attacco all'Uganda.",
            "Il Kenya è estraneo all'attacco all'Uganda.",
            "Il Kenya ha finto di attaccare l'Uganda.",
            "Il Kenya è accusato di aver attaccato l'Uganda.",
            "Il Kenya è sul punto di attaccare l'Uganda.",
            "Il Kenya è in grado di attaccare l'Uganda.",
            "Il Kenya esita ad attaccare l'Uganda.",
        ],
        "SANCTION": [
            "Non corrisponde al vero che il Kenya abbia espulso l'ambasciatore dell'Uganda.",
            "Non risulta che il Kenya abbia espulso l'ambasciatore dell'Uganda.",
            "Non è certo che il Kenya abbia espulso l'ambasciatore dell'Uganda.",
            "La notizia che il Kenya ha espulso l'ambasciatore dell'Uganda si è rivelata falsa.",
            "La voce secondo cui il Kenya ha espulso l'ambasciatore dell'Uganda è infondata.",
        ],
    },
}
FACT = {
    "en": {
        "ASSAULT": [
            "It is true that Kenya attacked Uganda.",
            "Kenya's attack on Uganda surprised the ministers.",
        ],
        "ACCUSE": ["Kenya's accusation against Uganda is false.", "Kenya accused Uganda of attacking Somalia."],
        "SANCTION": ["The report that Kenya had expelled the Ugandan ambassador proved true."],
    },
    "it": {
        "ASSAULT": ["È vero che il Kenya ha attaccato l'Uganda."],
        "ACCUSE": ["Il Kenya ha accusato l'Uganda di aver attaccato la Somalia."],
    },
}  # fmt: skip


def cases(of: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    return [(language, type, text) for language, types in of.items() for type, texts in types.items() for text in texts]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def facts(reader: Reader, language: str, text: str) -> set[str]:
    """The types of the events that an article tells as facts in its own voice."""
    return {event.type for event in reader.read(Article("x", text, language)).events if event.is_fact}


@pytest.mark.parametrize(("language", "type", "text"), cases(NO_FACT))
def test_no_fact(reader: Reader, language: str, type: str, text: str) -> None:
    assert type not in facts(reader, language, text)


@pytest.mark.parametrize(("language", "type", "text"), cases(FACT))
def test_fact_all_the_same(reader: Reader, language: str, type: str, text: str) -> None:
    assert type in facts(reader, language, text)


def test_what_is_taken_for_granted_is_not_negated(reader: Reader) -> None:
    for language, text in (
        ("en", "Somalia did not condemn the Kenyan attack on Uganda."),
        ("en", "There is evidence that Kenya attacked Uganda."),
        ("it", "Il Kenya ha attaccato l'Uganda, ma la Somalia non l'ha detto."),
    ):
        (attack,) = (e for e in reader.read(Article("x", text, language)).events if e.type == "ASSAULT")
        assert (attack.polarity, attack.certainty) == ("affirmed", "certain"), text


@pytest.mark.parametrize(
    ("text", "polarity", "denied"),
    [
        ("The minister called Kenya's attack on Uganda a fabrication.", "affirmed", True),
        ("Kenya's attack on Uganda was a fabrication.", "negated", False),
        ("Kenya's attack on Uganda was no fabrication.", "affirmed", False),
        ("It is not a lie that Kenya attacked Uganda.", "affirmed", False),
    ],
)
def test_untrue_once(reader: Reader, text: str, polarity: str, denied: bool) -> None:
    (attack,) = (event for event in reader.read(Article("x", text, "en")).events if event.type == "ASSAULT")
    assert (attack.polarity, bool(attack.denied_by)) == (polarity, denied)


def test_what_somebody_is_accused_of_is_the_accusers_word(reader: Reader) -> None:
    for text in (
        "Kenya accused Uganda of attacking Somalia.",
        "Kenya accused Uganda on Monday of attacking Somalia.",
        "Kenya blamed Uganda for attacking Somalia.",
        "Uganda was accused by Kenya of attacking Somalia.",
    ):
        reading = reader.read(Article("x", text, "en"))
        (attack,) = (event for event in reading.events if event.type == "ASSAULT")
        (said,) = (reading.statement(id) for id in attack.according_to)
        assert [reading.actor(id).country for id in said.sources] == ["KEN"]


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("it", "La voce secondo cui l'Uganda ha attaccato la Somalia circola da ieri.", []),
        ("it", "Il ministro del Kenya, secondo cui l'Uganda ha attaccato la Somalia, si è dimesso.", ["KEN"]),
        ("en", "The rumour according to which Uganda attacked Somalia spread.", []),
        ("en", "The Kenyan director, according to whom Uganda attacked Somalia, resigned.", ["KEN"]),
    ],
)
def test_according_to_whom_it_is_hung_on(reader: Reader, language: str, text: str, countries: list[str]) -> None:
    reading = reader.read(Article("x", text, language))
    attack = next(event for event in reading.events if event.type == "ASSAULT")
    (said,) = (reading.statement(id) for id in attack.according_to)
    assert [reading.actor(id).country for id in said.sources] == countries
    assert not any(event.according_to for event in reading.events if event.type == "RETREAT")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "By Kenya's account, Uganda attacked Somalia."),
        ("en", "In Kenya's telling, Uganda attacked Somalia."),
        ("en", "In the words of the Kenyan minister, Uganda attacked Somalia."),
        ("en", "Kenya's version is that Uganda attacked Somalia."),
        ("en", "Kenya holds Uganda responsible for attacking Somalia."),
        ("it", "Nella versione del Kenya, l'Uganda ha attaccato la Somalia."),
        ("it", "La tesi del Kenya è che l'Uganda abbia attaccato la Somalia."),
        ("it", "Come ha spiegato il ministro del Kenya, l'Uganda ha attaccato la Somalia."),
        ("it", "Il Kenya imputa all'Uganda di aver attaccato la Somalia."),
    ],
)
def test_whose_account_it_is(reader: Reader, language: str, text: str) -> None:
    reading = reader.read(Article("x", text, language))
    (attack,) = (event for event in reading.events if event.type == "ASSAULT")
    sources = [reading.statement(id).sources for id in attack.according_to]
    assert [[reading.actor(source).country for source in some] for some in sources] == [["KEN"]]


def test_a_condition_without_if(reader: Reader) -> None:
    for text in (
        "Had Uganda attacked Somalia, Kenya would have helped.",
        "Had Uganda attacked Somalia on Monday, the talks would have failed.",
    ):
        assert "ASSAULT" not in facts(reader, "en", text)
    assert "ASSAULT" in facts(reader, "en", "Uganda had attacked Somalia before the talks.")
