"""Who is who: composition of noun phrases, identity within an article, and what must not be linked."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import languages, world
from dragoman.extract.actors import Cast, find_actors, whois
from dragoman.extract.gazetteer import Gazetteer, compile_gazetteer
from dragoman.parse.pipelines import Parser, load_parser
from dragoman.parse.words import Sentence, Word
from dragoman.records import Actor, Interval

PUBLISHED = Interval.of_day(datetime.date(2022, 6, 16))


@functools.cache
def gazetteer(code: str) -> Gazetteer:
    return compile_gazetteer(languages.load(code), world.load())


@functools.cache
def parser(code: str) -> Parser:
    return load_parser(languages.load(code), None, gazetteer(code).names)


@dataclass
class Read:
    """A text that was read, and questions about it."""

    text: str
    sentences: tuple[Sentence, ...]
    cast: Cast

    def actor(self, id: str) -> Actor:
        return next(actor for actor in self.cast.actors if actor.id == id)

    def at(self, word: str, nth: int = 0) -> list[Actor]:
        """The actors that the phrase headed by the word means."""
        places = [(n, w.index) for n, s in enumerate(self.sentences) for w in s if w.text == word]
        return [self.actor(id) for id in self.cast.at(*places[nth])]

    def codes(self, word: str, nth: int = 0) -> list[tuple[str | None, str | None]]:
        return [(actor.country, next(iter(actor.sectors), None)) for actor in self.at(word, nth)]

    def names(self, word: str, nth: int = 0) -> list[str]:
        return [actor.name for actor in self.at(word, nth)]


def read(code: str, text: str, published: Interval | None = PUBLISHED) -> Read:
    sentences = parser(code).parse(text)
    return Read(text, sentences, find_actors(text, sentences, gazetteer(code), published))


# ---- one phrase ------------------------------------------------------------------------------------------------------------

PHRASES = [
    ("en", "The Norwegian fisheries minister spoke.", "minister", ("NOR", "GOV")),
    ("en", "Oslo's foreign ministry spokeswoman spoke.", "spokeswoman", ("NOR", "GOV")),
    ("en", "Peruvian soldiers crossed the river.", "soldiers", ("PER", "MIL")),
    ("en", "The parliament of Mongolia voted.", "parliament", ("MNG", "LEG")),
    ("en", "Police in Nairobi arrested three men.", "Police", ("KEN", "COP")),
    ("en", "An army spokesman in Lima denied it.", "spokesman", ("PER", "MIL")),
    ("en", "The leader of the Bolivian opposition spoke.", "leader", ("BOL", "OPP")),
    ("en", "The speaker of Kenya's parliament resigned.", "speaker", ("KEN", "LEG")),
    ("en", "A former Danish prime minister spoke.", "minister", ("DNK", "ELI")),
    ("en", "The Kremlin agreed.", "Kremlin", ("RUS", "GOV")),
    ("en", "Madrid agreed.", "Madrid", ("ESP", "GOV")),
    ("en", "Portugal agreed.", "Portugal", ("PRT", None)),
    ("en", "Dozens of Greek farmers marched.", "farmers", ("GRC", "AGR")),
    ("en", "Dozens of Greek farmers marched.", "Dozens", ("GRC", "AGR")),
    ("it", "Il ministro norvegese della Pesca ha parlato.", "ministro", ("NOR", "GOV")),
    ("it", "Il portavoce del ministero degli Esteri norvegese ha parlato.", "portavoce", ("NOR", "GOV")),
    ("it", "I soldati peruviani hanno attraversato il fiume.", "soldati", ("PER", "MIL")),
    ("it", "Il Parlamento della Mongolia ha votato.", "Parlamento", ("MNG", "LEG")),
    ("it", "La polizia di Nairobi ha arrestato tre uomini.", "polizia", ("KEN", "COP")),
    ("it", "Il leader dell'opposizione boliviana ha parlato.", "leader", ("BOL", "OPP")),
    ("it", "L'ex premier danese ha parlato.", "premier", ("DNK", "ELI")),
    ("it", "La Farnesina ha convocato l'ambasciatore.", "Farnesina", ("ITA", "GOV")),
    ("it", "Lisbona ha accettato.", "Lisbona", ("PRT", "GOV")),
    ("it", "Centinaia di contadini greci hanno marciato.", "contadini", ("GRC", "AGR")),
    ("it", "Funzionari statunitensi hanno confermato.", "Funzionari", ("USA", "GOV")),
    ("en", "The PAIGC rejected the count.", "PAIGC", ("GNB", "PTY")),
    ("en", "The Tunisian General Labour Union called a strike.", "Union", ("TUN", "LAB")),
    ("en", "The FCDO summoned the envoy.", "FCDO", ("GBR", "GOV")),
    ("en", "ISPR denied the report.", "ISPR", ("PAK", "MIL")),
    ("en", "Itamaraty protested.", "Itamaraty", ("BRA", "GOV")),
    ("en", "A spokesman for the German Foreign Office denied it.", "spokesman", ("DEU", "GOV")),
    ("en", "Petronas signed the contract.", "Petronas", ("MYS", "BUS")),
    ("en", "The Unification Ministry in Seoul protested.", "Ministry", ("KOR", "GOV")),
    ("en", "The Namibian government agreed.", "government", ("NAM", "GOV")),
    ("en", "The North Atlantic Council met.", "Council", ("IGO", "MIL")),
    ("it", "L'Ugtt ha proclamato lo sciopero.", "Ugtt", ("TUN", "LAB")),
    ("it", "La Presidenza del Consiglio ha smentito.", "Presidenza", ("ITA", "GOV")),
    ("it", "La presidenza del Consiglio europeo ha smentito.", "presidenza", ("EUR", None)),
    ("it", "La presidenza del Consiglio di sicurezza ha protestato.", "presidenza", ("UNO", None)),
    ("it", "Il Planalto ha protestato.", "Planalto", ("BRA", "GOV")),
    ("it", "La Mezzaluna rossa turca ha inviato tende.", "Mezzaluna", ("TUR", "MED")),
    ("it", "Il Paigc ha respinto i risultati.", "Paigc", ("GNB", "PTY")),
]


@pytest.mark.parametrize(("code", "text", "word", "expected"), PHRASES)
def test_country_and_sector_of_a_phrase(code: str, text: str, word: str, expected: tuple[str, str | None]) -> None:
    assert read(code, text).codes(word) == [expected]


def test_name_with_nationality_and_office_is_one_mention() -> None:
    text = "Norwegian fisheries minister Arne Testesen arrived."
    found = read("en", text)
    (actor,) = found.cast.actors
    assert (actor.name, actor.kind, actor.country, actor.sectors) == ("Arne Testesen", "person", "NOR", ("GOV",))
    assert [span.of(text) for span in actor.mentions] == ["Norwegian fisheries minister Arne Testesen"]
    assert found.cast.at(0, 2) == found.cast.at(0, 3) == found.cast.at(0, 4) == (actor.id,)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Arne Testesen, Norway's foreign minister, arrived."),
        ("en", "Norway's foreign minister, Arne Testesen, arrived."),
        ("it", "Arne Testesen, ministro degli Esteri norvegese, è arrivato."),
        ("it", "Il ministro degli Esteri norvegese, Arne Testesen, è arrivato."),
    ],
)
def test_apposition(code: str, text: str) -> None:
    (actor,) = read(code, text).cast.actors
    assert (actor.name, actor.country, actor.sectors) == ("Arne Testesen", "NOR", ("GOV",))


def test_several_countries_share_a_noun() -> None:
    assert read("en", "French and German officials met.").codes("officials") == [("FRA", "GOV"), ("DEU", "GOV")]
    assert read("it", "I governi di Francia, Spagna e Grecia hanno firmato.").codes("governi") == [
        ("FRA", "GOV"),
        ("ESP", "GOV"),
        ("GRC", "GOV"),
    ]


def test_a_thing_is_nobody_but_its_owner_is_mentioned() -> None:
    found = read("en", "China's economy grew.")
    assert found.at("economy") == []
    assert found.codes("China") == [("CHN", None)]
    assert read("en", "EU sanctions hurt.").at("sanctions") == []


@pytest.mark.parametrize("text", ["Iran-backed militias attacked.", "Pro-Russian gunmen attacked."])
def test_backed_by_a_state_is_not_of_it(text: str) -> None:
    assert {actor.country for actor in read("en", text).cast.actors} == {None}


@pytest.mark.parametrize("name", ["Denzel Washington", "Jordan Peterson", "Florence Pugh"])
def test_names_that_hold_places_are_people(name: str) -> None:
    (actor,) = read("en", f"{name} laughed.").cast.actors
    assert (actor.name, actor.kind, actor.country, actor.sectors) == (name, "person", None, ())


def test_a_place_where_something_happens_does_not_act() -> None:
    assert read("en", "They met in Moscow.").codes("Moscow") == [("RUS", None)]


def test_dateline_is_no_party() -> None:
    cast = read("en", "LIMA, June 3 (Reuters) - Kenyan farmers marched.").cast
    assert [actor.country for actor in cast.actors] == ["KEN"]


# ---- known people ----------------------------------------------------------------------------------------------------------


def test_office_is_that_of_the_day() -> None:
    text = "Trump spoke."
    assert read("en", text, Interval.of_day(datetime.date(2019, 4, 1))).codes("Trump") == [("USA", "GOV")]
    assert read("en", text, Interval.of_day(datetime.date(2022, 4, 1))).codes("Trump") == [("USA", "ELI")]


def test_office_alone_is_its_holder_where_the_day_is_known() -> None:
    assert read("it", "Il presidente cinese ha parlato.").names("presidente") == ["Xi Jinping"]
    (actor,) = read("it", "Il presidente cinese ha parlato.", None).at("presidente")
    assert (actor.country, actor.sectors, actor.name) == ("CHN", ("GOV",), "presidente cinese")


def test_surname_belongs_to_whom_the_article_names() -> None:
    found = read("en", "Norwegian minister Arne Putin arrived. Putin spoke.")
    assert found.names("Putin", 1) == ["Arne Putin"]


# ---- the same again --------------------------------------------------------------------------------------------------------


def test_surname_after_full_name() -> None:
    found = read("it", "Il ministro norvegese Arne Testesen è arrivato. Testesen ha parlato.")
    assert len(found.cast.actors) == 1
    assert len(found.cast.actors[0].mentions) == 2


def test_acronym_after_long_name() -> None:
    found = read("en", "The Southern Relief Board (SRB) spoke. The SRB refused.")
    assert found.names("SRB", 1) == ["Southern Relief Board"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Sierra Leone People's Party (SLPP) met on Monday. The SLPP rejected the deal."),
        ("it", "Il Partito socialista portoghese (PS) si è riunito lunedì. Il PS ha respinto l'accordo."),
    ],
)
def test_acronym_of_several_bodies_is_that_of_the_name_before(code: str, text: str) -> None:
    cast = read(code, text).cast
    acronym = re.findall(r"\((\w+)\)", text)[0]
    (party,) = [a for a in cast.actors if "PTY" in a.sectors]
    assert any(span.of(text).endswith(acronym) for span in party.mentions)


def test_the_two_leaders_and_their_countries() -> None:
    text = "Il presidente russo Vladimir Putin ha sentito Xi Jinping. I due leader hanno parlato dei due Paesi."
    found = read("it", text)
    assert found.names("leader") == ["Vladimir Putin", "Xi Jinping"]
    assert found.names("Paesi") == ["Russia", "Cina"]


def test_the_two_leaders_of_three_are_nobody() -> None:
    text = "Arne Testesen met Ann Exampleton and Joe Bloggs. The two leaders spoke."
    assert read("en", text).at("leaders") == []


def test_counterpart() -> None:
    text = "The Chinese president met his French counterpart in Lima."
    assert read("en", text).names("counterpart") == ["Emmanuel Macron"]


def test_he_is_the_subject_of_the_governing_clause() -> None:
    found = read("en", "Prime Minister Justin Trudeau told Olaf Scholz that he would come.")
    assert found.names("he") == ["Justin Trudeau"]


def test_he_is_nobody_among_many() -> None:
    found = read("en", "Talks with Arne Testesen, Ann Exampleton and Joe Bloggs failed. Later he left.")
    assert found.at("he") == []


def test_subject_left_out() -> None:
    found = read("it", "Mario Draghi ha detto che andrà a Lima. Ha inoltre chiesto aiuto.")
    verbs = [(n, w.index) for n, s in enumerate(found.sentences) for w in s if w.text in ("andrà", "chiesto")]
    assert [found.actor(id).name for verb in verbs for id in found.cast.subject_left_out(*verb)] == ["Mario Draghi"] * 2


def test_no_subject_is_left_out_in_english() -> None:
    found = read("en", "Mario Draghi arrived. Asked for help.")
    assert not any(found.cast.subject_left_out(n, w.index) for n, s in enumerate(found.sentences) for w in s)


# ---- whois -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "context", "expected"),
    [
        ("the Peruvian navy", "", ("PER", ("MIL",))),
        ("OSLO", "", ("NOR", ("GOV",))),
        ("the defence minister", "Peruvian", ("PER", ("GOV", "MIL"))),
        ("bank robbers", "", (None, ("CRM", "BUS"))),
        ("she", "", (None, ("UNK",))),
    ],
)
def test_whois(phrase: str, context: str, expected: tuple[str | None, tuple[str, ...]]) -> None:
    actor = whois(phrase, parser("en").parse, gazetteer("en"), None, context)
    assert actor is not None
    assert (actor.country, actor.sectors) == expected
    assert actor.inferred_from == ("context" if context else None)


def test_whois_of_nobody() -> None:
    assert whois("a rainy afternoon", parser("en").parse, gazetteer("en"), None, "") is None


# ---- invariants ------------------------------------------------------------------------------------------------------------

VOCABULARY = [
    "Xi", "Jinping", "China", "Chinese", "minister", "of", "the", "and", ",", "'s", "he", "two", "leaders", "Moscow", "in", "-",
    "backed", "(", ")", "NATO", "president", "Smith", "president", "Washington", "counterpart", "his", "former", ".", "troops",
]  # fmt: skip
POS = ["NOUN", "PROPN", "ADJ", "VERB", "PRON", "DET", "ADP", "PUNCT", "NUM", "CCONJ", "ADV", "PART"]
LABELS = ["nsubj", "obj", "nmod", "amod", "conj", "ccomp", "advcl", "flat", "punct", "cop", "acl:relcl", "root"]


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Sentence]]:
    """Sentences whose trees make no sense at all, cycles included."""
    text = ""
    sentences: list[Sentence] = []
    for _ in range(draw(st.integers(1, 3))):
        forms = draw(
            st.lists(st.sampled_from(VOCABULARY) | st.text("aZ'é-.İ1", min_size=1, max_size=4), min_size=1, max_size=12)
        )
        words: list[Word] = []
        for index, form in enumerate(forms):
            pos, label = draw(st.sampled_from(POS)), draw(st.sampled_from(LABELS))
            feats = draw(
                st.sampled_from(["", "Number=Plur", "Number=Sing|Person=3|VerbForm=Fin", "Person=3|VerbForm=Fin"])
            )
            head = draw(st.integers(0, len(forms) - 1))
            words.append(Word(index, len(text), len(text) + len(form), form, form.lower(), pos, feats, head, label))
            text += form + draw(st.sampled_from([" ", ""]))
        text += " "
        sentences.append(Sentence(tuple(words)))
    return text, sentences


@settings(deadline=None, max_examples=150)
@given(articles(), st.sampled_from(["en", "it"]), st.sampled_from([None, PUBLISHED]))
def test_any_tree_gives_a_sound_cast(
    article: tuple[str, list[Sentence]], code: str, published: Interval | None
) -> None:
    text, sentences = article
    cast = find_actors(text, sentences, gazetteer(code), published)
    known = {actor.id for actor in cast.actors}
    assert [actor.id for actor in cast.actors] == sorted(known, key=lambda id: int(id[1:]))
    for mention in cast.mentions:
        assert set(mention.actors) <= known
        assert mention.span.end <= len(text)
        assert cast.at(mention.sentence, mention.head)
        assert mention in cast.inside(mention.sentence, [mention.head])
    for actor in cast.actors:
        assert all(span.end <= len(text) for span in actor.mentions)
    for number, sentence in enumerate(sentences):
        for word in sentence:
            assert set(cast.subject_left_out(number, word.index)) <= known
    again = find_actors(text, sentences, gazetteer(code), published)
    assert (again.actors, again.mentions) == (cast.actors, cast.mentions)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    for actor in read("en", text).cast.actors:
        assert all(span.end <= len(text) for span in actor.mentions)
