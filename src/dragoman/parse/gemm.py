"""A faster matrix product for spaCy on ordinary processors.

thinc multiplies matrices with BLIS, compiled for the plainest processor of its kind; numpy's OpenBLAS picks the code
for the processor at hand and is several times faster on recent ones. Both give the same numbers up to rounding.
`use_fast_gemm()` is called once, before a pipeline runs. For one core a process, as Dragoman scales, set
OPENBLAS_NUM_THREADS=1 (and OMP_NUM_THREADS=1) in the environment before Python starts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.backends import numpy_ops


def _gemm(self: Any, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
    left = x.T if trans1 else x
    right = y.T if trans2 else y
    return np.dot(left, right) if out is None else np.dot(left, right, out=out)


def use_fast_gemm() -> None:
    """Let thinc's processor backend multiply with numpy. Harmless when called again."""
    backend: Any = numpy_ops
    backend.NumpyOps.gemm = _gemm
