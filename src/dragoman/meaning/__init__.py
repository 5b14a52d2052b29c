"""What words mean where they stand, as numbers that are alike for words of like meaning in any of our languages."""

from __future__ import annotations

from dragoman.meaning.encoder import Encoder

__all__ = ["Encoder"]
