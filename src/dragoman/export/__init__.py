"""Exports: readings in the formats that others read, with a count of what each cannot hold.

In: readings. Out: a file or folder, and beside it `.loss.json`. Each module is one format and knows no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.export import brat, gdelt, icews, jsonld, polecat, tables
from dragoman.export.loss import Loss
from dragoman.records import Reading

__all__ = ["FORMATS", "Format", "Loss"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how readings are written in it, and whether they become a folder of several files."""

    write: Callable[[Iterable[Reading], Path, Loss], None]
    folder: bool


FORMATS: Mapping[str, Format] = {
    "polecat": Format(polecat.write, folder=False),
    "icews": Format(icews.write, folder=False),
    "gdelt": Format(gdelt.write, folder=False),
    "jsonld": Format(jsonld.write, folder=False),
    "brat": Format(brat.write, folder=True),
    "csv": Format(tables.write_csv, folder=True),
    "parquet": Format(tables.write_parquet, folder=True),
}
