"""The model card: what a pipeline was made from, how, and what it scored.

In: the recipe, the sizes of its sources and the scores measured on the finished folder. Out: MODEL_CARD.md beside it.
"""

from __future__ import annotations

from pathlib import Path

from spacy.util import load_config

from corpora import CHOOSE, TEST
from ship import LICENCES, NOTES, VERSION

SOURCES = {
    "en_ewt": ("UD English EWT", "CC BY-SA 4.0", "web: blogs, mail, reviews, newsgroups"),
    "en_gum": (
        "UD English GUM, genres academic, bio, court, interview, news, voyage",
        "annotations CC BY 4.0; texts CC BY 4.0 (academic, court), CC BY-SA 3.0 (bio, voyage), CC BY 2.5 (news, interview)",
        "news, interviews, travel, lives, papers, court records",
    ),
    "en_pud": ("UD English PUD", "CC BY-SA 3.0", "news and Wikipedia"),
    "it_isdt": ("UD Italian ISDT", "CC BY-NC-SA 3.0, research", "news, law, encyclopedia"),
    "it_partut": ("UD Italian ParTUT", "CC BY-NC-SA 4.0", "law, encyclopedia, web, talks"),
    "it_vit": ("UD Italian VIT", "CC BY-NC-SA 3.0", "news, bureaucracy, literature"),
    "it_postwita": ("UD Italian PoSTWITA", "CC BY-NC-SA 4.0", "tweets"),
    "it_markit": ("UD Italian MarkIT", "CC BY 4.0", "students' essays"),
    "it_parlamint": ("UD Italian ParlaMint", "CC BY-SA 4.0", "parliamentary debates"),
    "it_twittiro": ("UD Italian TWITTIRO", "CC BY-SA 4.0", "tweets"),
    "it_valico": ("UD Italian Valico", "CC BY-SA 4.0", "learners' texts, corrected"),
    "it_pud": ("UD Italian PUD", "CC BY-SA 3.0", "news and Wikipedia"),
}
LANGUAGE = {"en": "English", "it": "Italian", "it-open": "Italian (open data only)"}
COLUMNS = ("tokens", "sentences", "upos", "lemma", "uas", "las", "core")

CARD = """\
# {language} pipeline {version}

Tokens, part-of-speech tags, features, lemmas and Universal Dependencies for news text: a spaCy pipeline (3.8 or later)
that `spacy.load` reads from this folder with no other package. Built by `make {target}`, see `training/README.md`.

Licence: **{licence}**. {note} The code that trains and runs it has its own licence.

## Made from

| source | licence | what it is | sentences | tokens |
| --- | --- | --- | ---: | ---: |
{sources}

{vectors}Checkpoint chosen on {chosen}. Held out and never trained on: {tests}.
Training sentences with the same letters as a held-out one were dropped.

Recipe: one network for all tasks (hashed word, prefix, suffix and shape features; 5 layers of 192 units), tagger,
morphologizer, edit-tree lemmatizer, transition parser; {epochs} epochs on one processor core. At training time some
sentences were put in capitals, {headlines}lost their full stop, had their quotation marks changed or a line break
after them.
Words written as one stay one token with all its letters: "dirlo" is dir + lo, "don't" is do + n't, "della" one token.

## Scores

F1 in per cent from raw text, with predicted tokens and sentences, as in the CoNLL 2018 shared task (punctuation counts,
label subtypes do not). core: subjects, objects, obliques and clausal complements, right in head and label. Documents
are the sentences of one source document joined by blanks, or runs of one to eight neighbouring sentences.

| test | | tokens | sentences | UPOS | lemma | UAS | LAS | core |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{scores}

The lines in capitals show the text of the line above in capitals, first as it is, then through
`dragoman.parse.casing.readable` without a list of names. The sentence component is made for news: it starts a sentence
only after a final mark or a line break, so it loses where, as on the web, sentences of one line lack their marks, or
where titles without a stop are joined to what follows.

Speed: about {speed} words a second of processor time on one core, with the sentence component; the machine was shared
and figures varied by a quarter.

## Known weaknesses

{weaknesses}
"""
WEAKNESSES = {
    "en": (
        '- Headlines of bare nouns and verbs ("Quake destroys school", "Putin orders ceasefire") are often read as one\n'
        "  noun phrase: 6 of 15 of our own.\n"
        "- Passages in capitals lose their names: truecasing knows only names given to it or seen elsewhere in the text."
    ),
    "it": (
        "- A quarter of the training text is tweets; their unmarked sentence ends are left to the sentence component.\n"
        '- Pronouns written onto participles and imperatives ("vistosi", "guardalo") are not cut.\n'
        '- Headlines without articles ("Terremoto distrugge scuola") are often read as noun phrases: 4 of 10 of our own.\n'
        "- PUD follows another scheme in part: its UPOS scores understate the tagger."
    ),
}
WEAKNESSES["it-open"] = WEAKNESSES["it"]


def write_card(
    folder: Path, recipe: str, epochs: int, sizes: dict[str, list[int]], rows: list[dict[str, object]]
) -> None:
    """Write MODEL_CARD.md into the pipeline's folder."""
    totals: dict[str, list[int]] = {}
    for name, (sentences, tokens) in sizes.items():
        total = totals.setdefault(_treebank(name), [0, 0])
        total[0] += sentences
        total[1] += tokens
    sources = [
        f"| {' | '.join(SOURCES[name])} | {sentences:,} | {tokens:,} |" for name, (sentences, tokens) in totals.items()
    ]
    lines = [
        f"| {row['file']} | {row['way']} | " + " | ".join(f"{row[column]:.2f}" for column in COLUMNS) + " |"
        for row in rows
        if "las" in row
    ]
    speed = next((f"{row['words']:,}" for row in rows if row["file"] == "speed"), "not measured")
    has_vectors = (folder / "vocab" / "vectors").stat().st_size > 10_000
    (folder / "MODEL_CARD.md").write_text(
        CARD.format(
            language=LANGUAGE[recipe],
            version=VERSION,
            target=f"train-{recipe}",
            licence=LICENCES[recipe],
            note=NOTES[recipe],
            sources="\n".join(sources),
            vectors="Subword vectors (floret) from the same text and the text of the KIND corpus's Wikinews part "
            "(CC BY 2.5; its annotations are not used). "
            if has_vectors
            else "",
            chosen=", ".join(_file(source.file) for source in CHOOSE[recipe]),
            tests=", ".join(_file(source.file) for source in (*TEST[recipe], *CHOOSE[recipe])),
            epochs=epochs,
            headlines="told as headlines without articles, " if _headlines() else "",
            scores="\n".join(lines),
            speed=speed,
            weaknesses=WEAKNESSES[recipe],
        ),
        encoding="utf-8",
    )


def _headlines() -> bool:
    config = load_config(Path(__file__).with_name("pipeline.cfg"), interpolate=False)
    return config["corpora"]["train"]["augmenter"]["headlines"] > 0


def _treebank(file: str) -> str:
    return file.rpartition("/")[2].partition("-")[0]


def _file(file: str) -> str:
    return file.rpartition("/")[2]
