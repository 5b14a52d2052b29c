"""From a trained checkpoint to the folder that is shipped: small, self-contained, without traces of training.

In: spaCy's `model-best`. Out: a folder that plain spaCy loads. Dropped: paths and callbacks of training, and strings
that were only seen in training text. Weights keep ten bits of fraction, so that the folder packs to about half.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.util import load_config

VERSION = "1.0.0"
FRACTION_BITS = 10
LICENCES = {
    "en": "CC BY-SA 4.0",
    "it": "CC BY-NC-SA 4.0",
    "it-open": "CC BY-SA 4.0",
}
NOTES = {
    "en": "Trained on texts and annotations under CC BY-SA 4.0, CC BY-SA 3.0, CC BY 4.0 and CC BY 2.5 only.",
    "it": "Trained in part on treebanks for non-commercial use only (ISDT, VIT, ParTUT, PoSTWITA): not for commercial use.",
    "it-open": "Trained on texts and annotations under CC BY-SA 4.0, CC BY 4.0 and CC BY 2.5 only.",
}


def ship(checkpoint: Path, out: Path, recipe: str) -> None:
    """Write the checkpoint to `out` in its final form."""
    nlp = spacy.load(checkpoint)
    _round_weights(nlp)
    nlp.meta["name"] = "dragoman" if recipe != "it-open" else "dragoman_open"
    nlp.meta["version"] = VERSION
    nlp.meta["description"] = "Tokens, tags, features, lemmas and Universal Dependencies for news"
    nlp.meta["license"] = LICENCES[recipe]
    nlp.meta["author"] = "Dragoman"
    nlp.meta["performance"] = {}
    strings = _needed_strings(nlp)
    nlp.to_disk(out)
    (out / "vocab" / "strings.json").write_text(json.dumps(strings, ensure_ascii=False), encoding="utf-8")
    config = load_config(out / "config.cfg", interpolate=False)
    for name in config["paths"]:
        config["paths"][name] = None
    config["initialize"]["before_init"] = None
    config["corpora"]["train"]["augmenter"] = None
    config.to_disk(out / "config.cfg")
    (out / "LICENSE").write_text(
        f"{LICENCES[recipe]}\n\n{NOTES[recipe]}\nMODEL_CARD.md names every source and its licence.\n",
        encoding="utf-8",
    )


def _round_weights(nlp: Language) -> None:
    """Keep the leading bits of each weight's fraction, rounding; the rest becomes zeros, which pack well."""
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, rounded(node.get_param(name)))
    if nlp.vocab.vectors.size:
        nlp.vocab.vectors.data = rounded(nlp.vocab.vectors.data)


def rounded(weights: Any) -> Any:
    """The 32-bit floats with all but the leading bits of their fractions set to zero."""
    dropped = 23 - FRACTION_BITS
    bits = np.ascontiguousarray(weights, dtype=np.float32).view(np.uint32)
    bits = (bits + np.uint32(1 << (dropped - 1))) & np.uint32(0xFFFFFFFF << dropped & 0xFFFFFFFF)
    return bits.view(np.float32)


def _needed_strings(nlp: Language) -> list[str]:
    """The strings that the components look up by number: labels, features, and the pieces of lemma rules."""
    needed: set[str] = set()
    for _, pipe in nlp.pipeline:
        component: Any = pipe
        for label in map(str, getattr(component, "labels", ())):
            needed |= {label, *label.split("|")}
            for pair in label.split("|"):  # "Case=Acc|Number=Sing"
                needed |= set(pair.split("="))
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    for tree in lemmatizer.label_data["trees"]:
        needed |= {tree.get("orig", ""), tree.get("subst", "")}
    return sorted(needed - {""})
