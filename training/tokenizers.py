"""Tokenizers that live wholly inside a pipeline's folder: spaCy's own class with other patterns, no code of ours.

In: a language, and for Italian the verbs seen in the treebanks. Out: a blank pipeline whose tokenizer cuts
elisions ("dell'|Unità") and enclitic pronouns ("dir|lo", "portar|glie|lo") without altering the text. An enclitic is
cut by a pattern of no width that looks behind for a known infinitive or a gerund and ahead for the pronoun.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

ITALIAN: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("italian.toml").read_text(encoding="utf-8"))


def blank(language: str, verbs: Iterable[str] = ()) -> Language:
    """A pipeline with a tokenizer alone."""
    nlp = spacy.blank(language)
    if language == "it":
        _teach_italian(nlp, verbs)
    return nlp


def _teach_italian(nlp: Language, verbs: Iterable[str]) -> None:
    for word in ITALIAN["elided"]:
        for form in dict.fromkeys((word, word.capitalize(), word.upper())):
            for mark in "'’":
                nlp.tokenizer.add_special_case(form + mark, [{ORTH: form + mark}])
    for word in ITALIAN["not_cut"]:
        for form in dict.fromkeys((word, word.capitalize(), word.upper())):
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
    stems = set(ITALIAN["short_infinitives"])
    for verb in verbs:
        if re.fullmatch(r"[a-zà-ù]{2,}(?:are|ere|ire)", verb):
            stems.add(verb[:-1])
        elif re.fullmatch(r"[a-zà-ù]{2,}rre", verb):
            stems.add(verb[:-2])
    stems -= set(ITALIAN["no_infinitives"])
    by_length: dict[int, list[str]] = defaultdict(list)
    for stem in stems:
        by_length[len(stem)].append(stem)
    short_verb = "|".join(rf"(?<=\b(?:{_trie(group)}))" for _, group in sorted(by_length.items()))
    doubled = "|".join(
        rf"(?<=\b(?:{_trie(group)}){between})"
        for _, group in sorted(by_length.items())
        for between in ("(?:me|te|se|ce|ve)", "glie")
    )
    productive = "|".join(f"(?<=\\w{ending})" for ending in ITALIAN["productive"]) + r"|(?<=\w\w\w[ai]r)(?=si\b)"
    gerund = r"(?<=\w\w[ae]ndo)|(?<=\bdando)"
    # The cheap look ahead comes first: few words end in a pronoun's letters.
    pairs = [one + two for one in ITALIAN["first_of_two"] for two in ITALIAN["second_of_two"]]
    endings = "|".join(ITALIAN["enclitics"] + pairs)
    pronoun = rf"(?=(?:{endings})\b(?!['’]))(?!(?<=or)ti\b)"  # not "traspor|ti"
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
