"""Freeze the parses of a language's examples: `make parses LANG=it`; all languages where none is named.

Only sentences that are not frozen yet are parsed, unless --all is given; those that no rule has any more are dropped.
"""

from __future__ import annotations

import argparse

from dragoman import languages
from dragoman.extract.examples import context_examples_of, examples_of
from dragoman.parse.conllu import read_parses, write_parses
from dragoman.pipeline import Reader, lexicons_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=languages.installed())
    parser.add_argument("--all", action="store_true", help="parse every sentence anew")
    parser.add_argument("--pipeline", help="an installed spaCy pipeline or a folder")
    arguments = parser.parse_args()
    for code in arguments.languages:
        lexicons = lexicons_of(code)
        path = lexicons.language.folder / "parses.conllu"
        contexts = lexicons.language.table("contexts").get("contexts", {})
        examples = (*examples_of(lexicons.events.rulebook, lexicons.speech), *context_examples_of(contexts))
        texts = dict.fromkeys(example.text for example in examples)
        frozen = {} if arguments.all or not path.exists() else read_parses(path)
        missing = [text for text in texts if text not in frozen]
        if missing:
            reader = Reader({code: arguments.pipeline} if arguments.pipeline else {})
            parses = reader.parser(code).parse_many((text, None) for text in missing)
            frozen |= dict(zip(missing, parses, strict=True))
        write_parses(path, ((text, frozen[text]) for text in texts))
        print(f"{code}: {len(texts)} sentences, {len(missing)} of them parsed now")


if __name__ == "__main__":
    main()
