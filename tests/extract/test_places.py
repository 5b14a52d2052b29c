"""Where events happened: each sentence has one event that has the place, or none has one."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.pipeline import Reader
from dragoman.records import Article, Place, Reading
from dragoman.world import cities_named

# "Name CODE" of the places of all events together; "?" where the name alone does not tell the country.
ENGLISH = (
    ("Gunmen attacked a police station in Kandahar on Sunday.", "Kandahar AFG"),
    ("Israeli troops shot two Palestinians near Nablus.", "Nablus PSE"),
    ("Turkish and Greek ministers met in Athens.", "Athens GRC"),
    ("Russia's foreign minister held talks in Belgrade with Serbian officials.", "Belgrade SRB"),
    ("A Saudi air strike on Sanaa killed nine people.", "Sanaa YEM"),
    ("The Ethiopian army shelled Mekelle.", "Mekelle ETH"),
    ("In Mogadishu, Somali police arrested three journalists.", "Mogadishu SOM"),
    ("Police in the Hungarian capital Budapest arrested an opposition leader.", "Budapest HUN"),
    ("Chinese police detained ten activists in the southern city of Shenzhen.", "Shenzhen CHN"),
    ("The French president visited Kigali.", "Kigali RWA"),
    ("Moscow said it would retaliate.", ""),
    ("Beijing accused Washington of spying.", ""),
    ("Syrian rebels seized an air base in Idlib province.", "Idlib SYR"),
    ("Colombian soldiers killed four rebels in Arauca.", "Arauca COL"),
    ("Ukrainian drones struck an oil depot in Belgorod, Russia.", "Belgorod RUS"),
    ("Nigerian gunmen abducted a priest in Kaduna state.", "Kaduna NGA"),
    ("Farmers protested in Paris against the French government.", "Paris FRA"),
    ("British police arrested two men in Manchester.", "Manchester GBR"),
    ("U.S. police arrested two men in Manchester, New Hampshire.", "Manchester USA"),
    ("Jordan's king received the German chancellor in Amman.", "Amman JOR"),
    ("The Indian army killed three militants in Srinagar.", "Srinagar IND"),
    ("Iran arrested a French tourist.", ""),
    ("Russian forces attacked Ukrainian positions around Avdiivka.", "Avdiivka UKR"),
    ("Egyptian soldiers killed twelve militants in Sinai.", ""),
    ("Burundian troops fired at protesters in the streets of Bujumbura.", "Bujumbura BDI"),
    ("The United States bombed targets in Libya.", "Libya LBY"),
    ("Spanish police arrested four men in Valencia.", "Valencia ESP"),
    ("Gunmen attacked a bank in Valencia.", "Valencia ?"),
    ("Gunmen attacked soldiers in Hyderabad. Pakistan blamed separatists.", "Hyderabad PAK"),
    ("Police arrested a lawmaker in Kampala. Uganda's opposition protested in Kampala.", "Kampala UGA"),
    ("The Polish prime minister signed an agreement with Lithuania in Vilnius.", "Vilnius LTU"),
    ("Iraqi troops fought militants in Fallujah and Ramadi.", "Fallujah IRQ"),
    ("TUNIS, May 3 (Reuters) - Libya condemned Egypt.", ""),
    ("The Armenian foreign minister flew to Tbilisi and met his Georgian counterpart.", "Tbilisi GEO"),
    ("Sudanese paramilitaries attacked a camp outside El Fasher, killing 30 people.", "El Fasher SDN"),
    ("Protesters in Moscow's Pushkin Square clashed with Russian police.", "Moscow RUS"),
    ("In Kyiv's view, Russia attacked the port.", ""),
)
ITALIAN = (
    ("Uomini armati hanno attaccato una stazione di polizia afghana a Kandahar.", "Kandahar AFG"),
    ("I soldati israeliani hanno ucciso due palestinesi vicino a Nablus.", "Nablus PSE"),
    ("Il presidente turco ha incontrato il premier greco ad Atene.", "Atene GRC"),
    ("L'esercito etiope ha bombardato Macallè.", "Macallè ETH"),
    ("A Mogadiscio la polizia somala ha arrestato tre giornalisti.", "Mogadiscio SOM"),
    ("La polizia cinese ha fermato dieci attivisti a Shenzhen.", "Shenzhen CHN"),
    ("Il presidente francese ha visitato Kigali.", "Kigali RWA"),
    ("Mosca ha minacciato ritorsioni contro Kiev.", ""),
    ("Pechino ha accusato Washington di spionaggio.", ""),
    ("I ribelli siriani hanno attaccato una base nella provincia di Idlib.", "Idlib SYR"),
    ("I soldati colombiani hanno ucciso quattro guerriglieri ad Arauca.", "Arauca COL"),
    ("Droni ucraini hanno colpito un deposito di petrolio a Belgorod, in Russia.", "Belgorod RUS"),
    ("Gli agricoltori francesi hanno protestato a Parigi.", "Parigi FRA"),
    ("Il re di Giordania ha ricevuto ad Amman il cancelliere tedesco.", "Amman JOR"),
    ("L'Australia ha condannato l'attentato di Nairobi.", ""),
    ("L'Iran ha arrestato un turista francese.", ""),
    ("Le truppe russe hanno attaccato le posizioni ucraine nei pressi di Avdiivka.", "Avdiivka UKR"),
    ("Gli Stati Uniti hanno bombardato la Libia.", "Libia LBY"),
    ("I separatisti hanno attaccato una banca a Tripoli.", "Tripoli ?"),
    ("La polizia libica ha arrestato due trafficanti a Tripoli.", "Tripoli LBY"),
    ("La polizia ha arrestato due trafficanti a Tripoli, in Libano.", "Tripoli LBN"),
    ("Kiev ha chiesto a Berlino altri carri armati.", ""),
    ("Il ministro russo ha incontrato a Ginevra il collega americano.", "Ginevra CHE"),
    ("I militari turchi hanno ucciso sei combattenti curdi nella città siriana di Kobane.", "Kobane SYR"),
    ("Migliaia di studenti serbi hanno manifestato a Belgrado e a Novi Sad.", "Belgrado SRB"),
    ("L'attacco russo contro Odessa è stato condannato dalla Francia.", "Odessa UKR"),
    ("La polizia georgiana ha disperso i manifestanti a Tbilisi.", "Tbilisi GEO"),
    ("Il ministro degli Esteri iraniano è arrivato a Baghdad per colloqui con il governo iracheno.", "Baghdad IRQ"),
    ("L'esercito sudanese ha ripreso il controllo di Khartum.", "Khartum SDN"),
    ("(ANSA) - ROMA, 12 MAG - La Libia ha condannato l'Egitto.", ""),
)

SETTLED = (  # name, country, rounded latitude and longitude, where the table of cities has them
    ("en", "A French tourist was attacked by police in Paris, Texas, on Friday.", "Paris", "USA", (34, -96)),
    ("en", "U.S. and Iranian officials held talks in Paris.", "Paris", "FRA", (49, 2)),
    ("en", "Libyan militants attacked a hotel in Tripoli.", "Tripoli", "LBY", (33, 13)),
    ("en", "Police in Tripoli, Lebanon, shot a protester.", "Tripoli", "LBN", (34, 36)),
    ("en", "Militants attacked a hotel in Tripoli.", "Tripoli", None, None),
    ("en", "Gunmen attacked students in San José.", "San José", None, None),
    ("en", "Costa Rican police arrested ten students in San José.", "San José", "CRI", (10, -84)),
    ("en", "Russian missiles hit a house in Odessa, U.S. officials said.", "Odessa", "UKR", (46, 31)),
    ("en", "The U.S. envoy met Syrian officials in Geneva.", "Geneva", "CHE", (46, 6)),
    ("en", "Nigerian soldiers killed 30 militants in Borno state.", "Borno", "NGA", None),
    ("en", "Iranian planes bombed villages in northern Iraq.", "Iraq", "IRQ", None),
    ("it", "I separatisti hanno attaccato una caserma a Tripoli, in Libano.", "Tripoli", "LBN", (34, 36)),
    ("it", "Putin ha incontrato Xi Jinping a Mosca.", "Mosca", "RUS", (56, 38)),
)


@functools.cache
def reader() -> Reader:
    return Reader()


def read(text: str, language: str) -> Reading:
    return reader().read(Article("x", text, language))


def shown(place: Place) -> str:
    return f"{place.name} {place.country or '?'}"


@pytest.mark.parametrize(("text", "place"), ENGLISH)
def test_places_in_english(text: str, place: str) -> None:
    assert "; ".join(map(shown, read(text, "en").places)) == place


@pytest.mark.parametrize(("text", "place"), ITALIAN)
def test_places_in_italian(text: str, place: str) -> None:
    assert "; ".join(map(shown, read(text, "it").places)) == place


@pytest.mark.parametrize(("language", "text", "name", "country", "where"), SETTLED)
def test_a_name_is_settled_or_left_open(
    language: str, text: str, name: str, country: str | None, where: tuple[int, int] | None
) -> None:
    (place,) = read(text, language).places
    assert (place.name, place.country) == (name, country)
    if where is None:
        assert (place.latitude, place.longitude, place.geonames) == (None, None, None)
    else:
        assert (round(place.latitude or 0), round(place.longitude or 0)) == where
        assert place.geonames is not None


def test_what_is_said_of_a_name_once_holds_everywhere() -> None:
    reading = read("Gunmen attacked a bank in Tripoli. Lebanese troops shot two gunmen in Tripoli.", "en")
    assert [place.country for place in reading.places] == ["LBN"]
    assert {event.place for event in reading.events} == {"p1"}
    assert [span.of(reading.article.text) for span in reading.places[0].mentions] == ["Tripoli", "Tripoli"]


def test_one_city_under_two_names_is_one_place() -> None:
    reading = read("Russian missiles struck Kyiv. Russian drones attacked a power station in Kiev.", "en")
    assert [shown(place) for place in reading.places] == ["Kyiv UKR"]
    assert len(reading.places[0].mentions) == 2


def test_each_event_has_its_own_place() -> None:
    reading = read("Israel bombed Gaza City on Monday. Hamas fired rockets at Ashkelon.", "en")
    assert [reading.place(event.place).name for event in reading.events if event.place] == ["Gaza City", "Ashkelon"]


def test_the_place_of_the_attack_is_not_that_of_its_condemnation() -> None:
    reading = read("Australia condemned the attack on a hotel in Nairobi.", "en")
    assert {event.type: event.place for event in reading.events} == {"ACCUSE": None, "ASSAULT": "p1"}


def test_cities_are_found_whatever_their_spelling() -> None:
    assert cities_named("sana'a") == cities_named("Sanaa") != ()
    assert cities_named("Malmo") == cities_named("Malmö") != ()
    assert cities_named("Nowhere at All") == ()


PIECES = [
    "Gunmen attacked a bank in", "I ribelli hanno attaccato", "Tripoli", "Paris, Texas", "near", "a", ",", ".", "(", "Moscow's",
    "San José", "L'Aia", "the city of", "in Libano", "\n", "–", "12", "Iran",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["en", "it"]))
def test_mentions_are_names_in_the_text(pieces: list[str], language: str) -> None:
    reading = read(" ".join(pieces), language)
    for place in reading.places:
        assert place.mentions[0].of(reading.article.text) == place.name
    assert {event.place for event in reading.events} - {None} == {place.id for place in reading.places}
    assert Reading.from_dict(reading.to_dict()) == reading
