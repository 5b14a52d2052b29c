"""JSON-LD: events in the Simple Event Model, where they come from in PROV-O, what supports them as Web Annotations.

In: readings. Out: one document, written as it goes. Statements are the authorities that SEM lets an event be according to;
spans are text positions in code points, as the Web Annotation model has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dragoman import ontology
from dragoman.export.loss import Loss
from dragoman.records import Event, Interval, Reading, Span, Statement

Node = dict[str, Any]
VOCABULARY = "urn:dragoman:vocabulary:"
CONTEXT: Node = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/", "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#", "dcterms": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#", "dragoman": VOCABULARY, "plover": "urn:plover:",
    "earliest": {"@id": "sem:hasEarliestBeginTimeStamp", "@type": "xsd:date"},
    "latest": {"@id": "sem:hasLatestEndTimeStamp", "@type": "xsd:date"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}  # fmt: skip


def write(readings: Iterable[Reading], path: Path, loss: Loss) -> None:
    """Writes one document with a graph of all nodes."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"@context": ' + json.dumps(CONTEXT) + ',\n"@graph": [\n')
        for number, node in enumerate(_nodes(readings, loss)):
            stream.write((",\n" if number else "") + json.dumps(node, ensure_ascii=False))
            loss.rows += 1
        stream.write("\n]}\n")


def _nodes(readings: Iterable[Reading], loss: Loss) -> Iterator[Node]:
    for reading in readings:
        loss.articles += 1
        article = reading.article
        source = _id("article", article.id)
        yield _known(
            {
                "@id": source, "@type": "prov:Entity", "dcterms:identifier": article.id, "dcterms:title": article.title,
                "dcterms:publisher": article.outlet, "dcterms:language": article.language, "dcterms:source": article.url,
                **_days(article.published),
            }
        )  # fmt: skip
        yield {
            "@id": _id("reading", article.id), "@type": "prov:Activity", "prov:used": _ref(source),
            "dragoman:codebook": ontology.load().codebook,
        }  # fmt: skip
        for actor in reading.actors:
            yield _known(
                {
                    "@id": _id("actor", article.id, actor.id), "@type": ["sem:Actor", "prov:Agent"],
                    "rdfs:label": actor.name, "dragoman:kind": actor.kind, "dragoman:country": actor.country,
                    "dragoman:sector": list(actor.sectors) or None, "dragoman:title": actor.title,
                }
            )  # fmt: skip
            yield _annotation(reading, _id("actor", article.id, actor.id), actor.mentions, "identifying")
        for place in reading.places:
            yield _known(
                {
                    "@id": _id("place", article.id, place.id), "@type": "sem:Place", "rdfs:label": place.name,
                    "dragoman:country": place.country, "geo:lat": place.latitude, "geo:long": place.longitude,
                    "dragoman:geonames": place.geonames,
                }
            )  # fmt: skip
            yield _annotation(reading, _id("place", article.id, place.id), place.mentions, "identifying")
        for statement in reading.statements:
            yield from _statement(reading, statement)
        for event in reading.events:
            loss.events += 1
            loss.note("evidence", len(event.evidence))
            yield from _event(reading, event)


def _statement(reading: Reading, statement: Statement) -> Iterator[Node]:
    article = reading.article.id
    id = _id("statement", article, statement.id)
    when = reading.date(statement.date).interval if statement.date else None
    yield _known(
        {
            "@id": id, "@type": ["prov:Entity", "sem:Authority"],
            "prov:wasAttributedTo": [_ref(_id("actor", article, source)) for source in statement.sources] or None,
            "prov:wasDerivedFrom": _ref(_id("article", article)),
            "prov:wasGeneratedBy": _ref(_id("reading", article)),
            "dragoman:stance": statement.stance, "dragoman:manner": statement.manner,
            "dragoman:polarity": statement.polarity, "dragoman:anonymous": statement.anonymous,
            "dragoman:within": _ref(_id("statement", article, statement.within)) if statement.within else None,
            "dragoman:denies": _ref(_id("statement", article, statement.denies)) if statement.denies else None,
            "dragoman:rule": statement.rule, **_days(when),
        }
    )  # fmt: skip
    spans = (statement.source_span, statement.medium)
    yield _annotation(reading, id, (*statement.cue, *(span for span in spans if span)), "identifying")
    yield _annotation(reading, id, statement.content, "describing")


def _event(reading: Reading, event: Event) -> Iterator[Node]:
    article = reading.article.id
    id = _id("event", article, event.id)
    when = reading.date(event.date).interval if event.date else None
    roles = [(actor, "actor") for actor in event.actors] + [(actor, "recipient") for actor in event.recipients]
    counts = [
        _known({"dragoman:of": count.of, "dragoman:low": count.low, "dragoman:best": count.best, "dragoman:high": count.high})
        for count in event.counts
    ]  # fmt: skip
    yield _known(
        {
            "@id": id, "@type": ["sem:Event", "prov:Entity"], "sem:eventType": _ref(f"plover:type:{event.type}"),
            "dragoman:mode": [_ref(f"plover:mode:{mode}") for mode in event.modes] or None,
            "dragoman:context": [_ref(f"plover:context:{context}") for context in event.contexts] or None,
            "sem:hasActor": [
                {"@type": "sem:Role", "sem:roleType": _ref(f"plover:role:{role}"), "rdf:value": _ref(_id("actor", article, actor))}
                for actor, role in roles
            ] or None,
            "sem:hasPlace": _ref(_id("place", article, event.place)) if event.place else None, **_days(when),
            "sem:accordingTo": [_ref(_id("statement", article, told)) for told in event.according_to] or None,
            "dragoman:deniedBy": [_ref(_id("statement", article, told)) for told in event.denied_by] or None,
            "dragoman:polarity": event.polarity, "dragoman:certainty": event.certainty, "dragoman:time": event.time,
            "dragoman:background": event.background, "dragoman:quad": event.quad, "dragoman:score": event.score,
            "dragoman:cameo": event.cameo, "dragoman:count": counts or None, "dragoman:rule": event.rule,
            "prov:wasDerivedFrom": _ref(_id("article", article)),
            "prov:wasGeneratedBy": _ref(_id("reading", article)),
        }
    )  # fmt: skip
    yield _annotation(reading, id, event.mentions, "identifying")
    yield _annotation(reading, id, (event.sentence,), "describing")


def _annotation(reading: Reading, body: str, spans: Iterable[Span], motivation: str) -> Node:
    """That a body stands on these characters of the article."""
    source = _ref(_id("article", reading.article.id))
    targets = [
        {"oa:hasSource": source, "oa:hasSelector": {"@type": "oa:TextPositionSelector", "start": span.start, "end": span.end}}
        for span in spans
    ]  # fmt: skip
    return {
        "@type": "oa:Annotation",
        "oa:motivatedBy": _ref(f"oa:{motivation}"),
        "oa:hasBody": _ref(body),
        "oa:hasTarget": targets,
    }


def _days(interval: Interval | None) -> Node:
    """What is known of when: it did not begin before, nor end after."""
    return {"earliest": interval.start.isoformat(), "latest": interval.end.isoformat()} if interval else {}


def _known(node: Node) -> Node:
    """The node without what is not known."""
    return {key: value for key, value in node.items() if value is not None}


def _id(kind: str, *parts: str) -> str:
    return f"urn:dragoman:{kind}:" + ":".join(quote(part, safe="") for part in parts)


def _ref(id: str) -> Node:
    return {"@id": id}
