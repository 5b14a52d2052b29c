"""Tokenizers that live wholly inside a pipeline's folder: spaCy's own class with other patterns, no code of ours.

In: a language, and for Italian the verbs seen in the treebanks. Out: a blank pipeline whose tokenizer cuts
elisions ("dell'|Unità") and enclitic pronouns ("dir|lo", "portar|glie|lo") without altering the text. An enclitic is
cut by a pattern of no width that looks behind for a known infinitive or a gerund and ahead for the pronoun.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

# Words that end in an apostrophe and are one token with it; the next word follows without a blank.
ELIDED = [
    "l",
    "dell",
    "all",
    "nell",
    "dall",
    "sull",
    "coll",
    "pell",
    "dagl",
    "degl",
    "agl",
    "negl",
    "sugl",
    "un",
    "quest",
    "quell",
    "c",
    "d",
    "m",
    "t",
    "s",
    "v",
    "n",
    "dov",
    "com",
    "cos",
    "anch",
    "tutt",
    "sant",
    "bell",
    "nessun",
    "alcun",
    "ciascun",
    "qualcun",
    "quant",
    "quand",
    "senz",
    "mezz",
    "grand",
    "gl",
    "buon",
    "ogn",
    "sott",
    "altr",
    "null",
    "cinqu",
    "neanch",
    "nient",
    "ch",
    "po",
    "di",
    "da",
    "fa",
    "va",
    "sta",
    "mo",
    "be",
    "to",
    "ve",
]
SHORT = ["mi", "ti", "si", "ci", "vi", "lo", "la", "li", "le", "ne", "gli"]
LONG = [stem + end for stem in ("me", "te", "se", "ce", "ve", "glie") for end in ("lo", "la", "li", "le", "ne")]
# Written like verb + pronoun, nearly always something else.
NOT_CUT = [
    "porti",
    "girandola",
    "girandole",
    "mandola",
    "mandole",
    "corti",
    "sorti",
    "parti",
    "morti",
    "grandone",
    "comparsi",
    "scomparsi",
    "ricomparsi",
    "apparsi",
    "riapparsi",
    "cosparsi",
    "sparsi",
    "scarsi",
    "intarsi",
]
# Verbs with these endings are coined freely: no list has them all.
PRODUCTIVE = ("izzar", "ificar", "eggiar")


def blank(language: str, verbs: Iterable[str] = ()) -> Language:
    """A pipeline with a tokenizer alone."""
    nlp = spacy.blank(language)
    if language == "it":
        _teach_italian(nlp, verbs)
    return nlp


def _teach_italian(nlp: Language, verbs: Iterable[str]) -> None:
    for word in ELIDED:
        for form in {word, word.capitalize(), word.upper()}:
            for mark in "'’":
                nlp.tokenizer.add_special_case(form + mark, [{ORTH: form + mark}])
    for word in NOT_CUT:
        for form in {word, word.capitalize(), word.upper()}:
            nlp.tokenizer.add_special_case(form, [{ORTH: form}])
    infixes = [
        *nlp.Defaults.infixes,
        r"(?<=[A-Za-zÀ-ÿ]['’])[\"“”«»‘(\[]",
        r"(?<=[A-Za-zÀ-ÿ]['’])(?=[A-Za-zÀ-ÿ0-9])",
        _enclitics(verbs),
    ]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _enclitics(verbs: Iterable[str]) -> str:
    """Where a pronoun begins that is written at the end of an infinitive, a gerund or "ecco"."""
    stems = {"dir", "far", "dar", "star", "andar", "porr", "por", "trar", "dur", "esser", "aver"}
    for verb in verbs:
        if re.fullmatch(r"[a-zà-ù]{2,}(?:are|ere|ire)", verb):
            stems.add(verb[:-1])
        elif re.fullmatch(r"[a-zà-ù]{2,}rre", verb):
            stems.add(verb[:-2])
    stems -= {"cor", "par", "ver", "mor", "ser", "fer"}  # corti, parti, versi: not verb + pronoun
    by_length: dict[int, list[str]] = defaultdict(list)
    for stem in stems:
        by_length[len(stem)].append(stem)
    short_verb = "|".join(rf"(?<=\b(?:{_trie(group)}))" for _, group in sorted(by_length.items()))
    doubled = "|".join(
        rf"(?<=\b(?:{_trie(group)}){between})"
        for _, group in sorted(by_length.items())
        for between in ("(?:me|te|se|ce|ve)", "glie")
    )
    productive = "|".join(f"(?<=\\w{ending})" for ending in PRODUCTIVE) + r"|(?<=\w\w\w[ai]r)(?=si\b)"
    gerund = r"(?<=\w\w[ae]ndo)|(?<=\bdando)"
    # The cheap look ahead comes first: few words end in a pronoun's letters.
    pronoun = rf"(?=(?:{'|'.join(SHORT + LONG)})\b(?!['’]))(?!(?<=or)ti\b)"  # not "traspor|ti"
    first = rf"{pronoun}(?:{productive}|{gerund}|(?<=\becco)|{short_verb})"
    second = rf"(?=(?:lo|la|li|le|ne)\b(?!['’]))(?:(?<=ndoglie)|{doubled}|(?<=ndo[mtscv]e))"
    return f"(?i:{first}|{second})"


def _trie(words: Iterable[str]) -> str:
    """A pattern for words of one length, tried letter by letter and not word by word."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if word:
            groups[word[0]].append(word[1:])
    parts = []
    for first, rests in sorted(groups.items()):
        rest = _trie(rests) if any(rests) else ""
        parts.append(first + (rest if len(set(rests)) == 1 else f"(?:{rest})" if rest else ""))
    return "|".join(parts)
