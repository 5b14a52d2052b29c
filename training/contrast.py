"""Teach the encoder of meaning which passages tell one claim, by wordings and stories that were written for this.

    python training/contrast.py --treebanks FOLDER [--out FILE] [--epochs N]

In: training/wordings/*.txt ("## story", "= claim | what happens", "en: words before [the words that tell it] and behind") and
training/stories/*.toml (tests/link/read_stories.py). Out: the parameters of the network, for `meaning.py --tuned`. In each step what
tells a claim is drawn together, in both languages, and away from the other claims of its story; what a story's claims of a language
have in common is taken away first, as in `link/nearness.py` (supervised contrastive learning, Khosla et al. 2020). Only the
upper half of the layers is changed. Takes 35 minutes on two cores.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "link"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import read_stories

from dragoman import ontology
from dragoman.link.claims import claims_of
from dragoman.link.countries import with_countries
from dragoman.link.tellers import voice_of
from dragoman.link.traits import TraitsOf
from dragoman.meaning.encoder import Encoder, unpacked
from dragoman.pipeline import Reader
from fit_resemblance import Told, named
from meaning import Source, chosen, directions, source

HERE = Path(__file__).parent
TEMPERATURE, RATE, DECAY = 0.1, 1e-4, 0.01
KEPT = 6  # layers that stay as they are, from the lowest
TOGETHER = 4  # stories of a step
LANGUAGES = ("en", "it")
PARTED = 0.3  # how often only a part of the words that tell a claim is looked at
_WORDING = re.compile(r"(\w\w): ([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
Parameters = dict[str, Any]


class Shape(NamedTuple):
    """How many texts, tokens of a text, passages and parts of a passage a step has room for."""

    texts: int
    tokens: int
    passages: int
    parts: int


WORDINGS, STORIES = Shape(216, 40, 216, 1), Shape(112, 64, 288, 3)


@dataclass(frozen=True)
class Example:
    """A story: the tokens of its texts; its passages, each with the number of its text, the places of the tokens of each of its parts
    and its language; which two of them are one claim, and which are two."""

    texts: list[list[int]]
    passages: list[tuple[int, list[list[int]], int]]
    one: Any
    two: Any


def wordings(encoder: Encoder) -> list[Example]:
    """The stories of training/wordings. Raises ValueError for a line that is none."""
    found: list[list[tuple[str, str, int, int, int]]] = []
    for path in sorted((HERE / "wordings").glob("*.txt")):
        claim = -1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("## "):
                found.append([])
            elif line.startswith("= "):
                claim += 1
            elif match := _WORDING.fullmatch(line.strip()):
                language, before, told, behind = match.groups()
                found[-1].append((language, before + told + behind, len(before), len(before + told), claim))
            elif line.strip():
                raise ValueError(f"{path.name}, line {number}: neither a story, a claim nor a wording with [...]")
    return [_of_wordings(story[: WORDINGS.texts // TOGETHER], encoder) for story in found]


def _of_wordings(story: Sequence[tuple[str, str, int, int, int]], encoder: Encoder) -> Example:
    texts: list[list[int]] = []
    passages: list[tuple[int, list[list[int]], int]] = []
    claims = np.array([claim for *_, claim in story])
    for language, text, start, end, _ in story:
        numbers, spans = encoder.numbered(text, WORDINGS.tokens)
        inside = [place for place, a, b in spans if a < end and b > start]
        passages.append((len(texts), [inside or [0]], LANGUAGES.index(language)))
        texts.append(numbers)
    same = claims[:, None] == claims
    return Example(texts, passages, same & ~np.eye(len(story), dtype=bool), ~same)


def stories(encoder: Encoder) -> list[Example]:
    """The stories of training/stories, as far as they fit a step."""
    annotated = [read_stories.read_story(path) for path in sorted((HERE / "stories").glob("*.toml"))]
    reader, codes = Reader(), ontology.load()
    articles = sorted((a for s in annotated for a in s.articles if a.id not in s.copies), key=lambda a: a.language)
    readings = {reading.article.id: reading for reading in reader.read_many(articles)}
    found: list[Example] = []
    for story in annotated:
        own = [readings[a.id] for a in story.articles if a.id not in story.copies]
        voices = {r.article.id: voice_of(r.article, reader.publisher(r.article), codes.non_state) for r in own}
        texts: list[list[int]] = []
        known: dict[Any, tuple[int, list[tuple[int, int, int]]]] = {}
        claims: list[tuple[Any, tuple[int, list[list[int]], int]]] = []
        for reading in with_countries(own, voices, codes.non_state):
            traits, article = TraitsOf(reading), reading.article
            numbered = np.arange(len(reading.passages))  # in place of their meaning: which passage a claim is of
            for claim in claims_of(reading, voices[article.id], codes.non_state, numbered):
                if claim.meaning is None:
                    continue
                number = int(claim.meaning)
                passage = reading.passages[number]
                at = (article.id, passage.sentence)
                if at not in known:
                    numbers, spans = encoder.numbered(passage.sentence.of(article.text), STORIES.tokens)
                    known[at] = (
                        len(texts),
                        [(place, a + passage.sentence.start, b + passage.sentence.start) for place, a, b in spans],
                    )
                    texts.append(numbers)
                text, spans = known[at]
                parts = [
                    [place for place, a, b in spans if any(a < span.end and b > span.start for span in some)]
                    or [place for place, _, _ in spans]
                    for some in ((*passage.words, *traits.words_below(number)), passage.words, passage.trigger)
                ]
                claims.append((claim, (text, parts, LANGUAGES.index(article.language))))
        claims.sort(key=lambda one: (one[0].article.id, one[0].trigger, one[0].key))
        every = [claim for claim, _ in claims]
        mentions = [
            (occurrence.id, named(every, telling, occurrence.types), telling.article)
            for occurrence in story.occurrences
            for telling in occurrence.tellings
            if telling.article not in story.copies
        ]
        one, two = (np.zeros((len(every), len(every)), dtype=bool) for _ in range(2))
        for (a, b), same, _ in Told(story, every, mentions, {}).labelled:
            pairs = one if same else two
            pairs[a, b] = pairs[b, a] = True
        if len(texts) <= STORIES.texts and len(every) <= STORIES.passages:
            found.append(Example(texts, [passage for _, passage in claims], one, two & ~one))
    return found


def batch(examples: Sequence[Example], shape: Shape, chance: random.Random | None = None) -> tuple[Any, ...]:
    """What the network is given of some stories that fit a step together."""
    ids = np.zeros((shape.texts, shape.tokens), "i4")
    mask = np.zeros((shape.texts, shape.tokens), "f4")
    of, group = np.zeros(shape.passages, "i4"), np.full(shape.passages, TOGETHER * len(LANGUAGES), "i4")
    parts = np.zeros((shape.passages, shape.parts, shape.tokens), "f4")
    one, two = np.zeros((shape.passages, shape.passages), "f4"), np.zeros((shape.passages, shape.passages), dtype=bool)
    text = row = 0
    for number, example in enumerate(examples):
        for place, numbers in enumerate(example.texts):
            ids[text + place, : len(numbers)], mask[text + place, : len(numbers)] = numbers, 1.0
        for place, (at, some, language) in enumerate(example.passages):
            of[row + place], group[row + place] = text + at, number * len(LANGUAGES) + language
            for part, inside in enumerate(some):
                parts[row + place, part, _cut(inside, chance) if chance else inside] = 1.0
        end = row + len(example.passages)
        one[row:end, row:end], two[row:end, row:end] = example.one, example.two
        text, row = text + len(example.texts), end
    mask[text:, 0], parts[row:, :, 0] = 1.0, 1.0
    return ids, mask, of, parts, group, one, two


def _cut(inside: list[int], chance: random.Random) -> list[int]:
    if len(inside) <= 3 or chance.random() >= PARTED:
        return inside
    size = chance.randint((len(inside) + 1) // 2, len(inside))
    start = chance.randint(0, len(inside) - size)
    return inside[start : start + size]


def parameters_of(source: Source) -> Parameters:
    width, inner = source.sizes["width"], source.sizes["inner"]
    plain = ["emb.ln.w", "emb.ln.b"]
    found: Parameters = {"places": source.plain("emb.pos").reshape(-1, width)[:512] + source.plain("emb.type")[:width]}
    for layer in range(source.sizes["layers"]):
        for name, inputs in (("q", width), ("k", width), ("v", width), ("ao", width), ("fi", width), ("fo", inner)):
            found[f"l{layer}.{name}.w"] = source.weights(f"l{layer}.{name}.w", inputs)
            plain.append(f"l{layer}.{name}.b")
        plain += [f"l{layer}.{name}.{part}" for name in ("aln", "oln") for part in "wb"]
    return found | {name: source.plain(name).copy() for name in plain}


def network(p: Parameters, rows: Any, mask: Any) -> Any:
    """BERT's encoder (Devlin et al. 2019), as in `meaning.Graph`, ended by the directions."""
    texts, tokens, width = rows.shape
    heads = 12

    def normal(x: Any, name: str) -> Any:
        x = x - x.mean(-1, keepdims=True)
        return x / jnp.sqrt((x**2).mean(-1, keepdims=True) + 1e-12) * p[f"{name}.w"] + p[f"{name}.b"]

    def linear(x: Any, name: str) -> Any:
        return x @ p[f"{name}.w"] + p[f"{name}.b"]

    x = normal(rows + p["places"][:tokens], "emb.ln")
    absent = (mask - 1)[:, None, None, :] * 1e9
    for number in range(12):
        if number == KEPT:
            x = jax.lax.stop_gradient(x)
        layer = f"l{number}"
        query, key, value = (
            linear(x, f"{layer}.{part}").reshape(texts, tokens, heads, -1).transpose(0, 2, 1, 3) for part in "qkv"
        )
        seen = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) * (width // heads) ** -0.5 + absent, -1)
        mixed = (seen @ value).transpose(0, 2, 1, 3).reshape(texts, tokens, width)
        x = normal(x + linear(mixed, f"{layer}.ao"), f"{layer}.aln")
        wide = jax.nn.gelu(linear(x, f"{layer}.fi"), approximate=False)
        x = normal(x + linear(wide, f"{layer}.fo"), f"{layer}.oln")
    return x @ p["directions"]


def loss(p: Parameters, rows: Any, mask: Any, of: Any, parts: Any, group: Any, one: Any, two: Any) -> Any:
    tokens = network(p, rows, mask)
    groups = jax.nn.one_hot(group, TOGETHER * len(LANGUAGES) + 1)
    total: Any = 0.0
    for part in range(parts.shape[1]):
        vectors = jnp.einsum("nl,nld->nd", parts[:, part], tokens[of]) / parts[:, part].sum(1)[:, None]
        vectors -= groups @ ((groups.T @ vectors) / jnp.maximum(groups.sum(0)[:, None], 1))
        vectors /= jnp.sqrt((vectors**2).sum(-1, keepdims=True) + 1e-6)
        near = vectors @ vectors.T / TEMPERATURE
        others = jax.nn.logsumexp(jnp.where(two, near, -1e9), axis=1)[:, None]
        total += ((jnp.logaddexp(near, others) - near) * one).sum() / jnp.maximum(one.sum(), 1)
    return total / parts.shape[1]


def stepped(p: Parameters, slope: Parameters, m: Parameters, v: Parameters, step: int, rate: float) -> Any:
    """One step of AdamW (Loshchilov and Hutter 2019), slopes cut to length 1."""
    cut = jnp.minimum(1.0, 1.0 / jnp.sqrt(sum((x**2).sum() for x in slope.values())))
    m = {name: 0.9 * m[name] + 0.1 * cut * slope[name] for name in p}
    v = {name: 0.98 * v[name] + 0.02 * (cut * slope[name]) ** 2 for name in p}
    p = {
        name: value
        - rate
        * (m[name] / (1 - 0.9**step) / (jnp.sqrt(v[name] / (1 - 0.98**step)) + 1e-8) + DECAY * value * (value.ndim > 1))
        for name, value in p.items()
    }
    return p, m, v


def planned(words: list[Example], told: list[Example], chance: random.Random) -> list[tuple[Shape, list[Example]]]:
    chance.shuffle(words)
    chance.shuffle(told)
    steps = [(WORDINGS, words[n : n + TOGETHER]) for n in range(0, len(words) - TOGETHER + 1, TOGETHER)]
    some: list[Example] = []
    for example in told:
        every = [*some, example]
        texts, passages = sum(len(e.texts) for e in every), sum(len(e.passages) for e in every)
        if len(every) > TOGETHER or texts > STORIES.texts or passages > STORIES.passages:
            steps.append((STORIES, some))
            every = [example]
        some = every
    steps.append((STORIES, some))
    chance.shuffle(steps)
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "built" / "meaning.npz")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps, to try it")
    asked = parser.parse_args()
    encoder, chance = Encoder.load(), random.Random(1)
    untaught = source()
    every = parameters_of(untaught) | {"directions": directions(untaught, chosen(untaught), asked.treebanks)}
    taught = {n: jnp.asarray(v) for n, v in every.items() if n == "directions" or _is_upper(n)}
    fixed = {n: jnp.asarray(v) for n, v in every.items() if n not in taught}
    words, told = wordings(encoder), stories(encoder)
    steps = [step for _ in range(asked.epochs) for step in planned(words, told, chance)]
    slope_of = jax.jit(jax.value_and_grad(lambda p, *given: loss(fixed | p, *given)))
    step_of = jax.jit(stepped)
    rows = np.asarray(encoder.rows)
    rows = unpacked(rows).reshape(len(rows), -1)
    m, v = ({name: jnp.zeros_like(value) for name, value in taught.items()} for _ in range(2))
    for number, (shape, some) in enumerate(steps, 1):
        ids, *given = batch(some, shape, chance if shape is WORDINGS else None)
        found, slope = slope_of(taught, rows[ids], *given)
        rate = RATE * min(1.0, number / (0.08 * len(steps) + 1)) * max(0.02, 1 - number / len(steps))
        taught, m, v = step_of(taught, slope, m, v, number, rate)
        print(
            f"{number:4} of {len(steps)}  {'wordings' if shape is WORDINGS else 'stories'}  {float(found):.3f}",
            flush=True,
        )
        if number == asked.steps:
            break
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(asked.out, **{name: np.asarray(value) for name, value in (fixed | taught).items()})


def _is_upper(name: str) -> bool:
    layer = re.match(r"l(\d+)\.", name)
    return layer is not None and int(layer[1]) >= KEPT


if __name__ == "__main__":
    main()
