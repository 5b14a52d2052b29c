"""Which language a text is in, offline."""

from __future__ import annotations

import functools
import math
from typing import cast

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SHORTEST = 20  # letters; below that any guess is a guess
SURE = 0.7


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; None where it is too short or too mixed to tell."""
    sample = text[:5000]
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return None
    code, probability = cast(tuple[str, float], _identifier().classify(sample))
    return code if not math.isnan(probability) and probability >= SURE else None
