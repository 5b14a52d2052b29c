"""Options that several commands have.

In: nothing. Out: types for the arguments of commands, as in `def read(inputs: options.Inputs, output: options.Output = None)`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str], typer.Argument(help="Files, folders, web addresses; - is standard input.", show_default=False)
]
Language = Annotated[
    str | None,
    typer.Option("--language", "-l", help="Language of the texts (ISO 639-1); detected where it is not given."),
]
Published = Annotated[
    str | None,
    typer.Option("--published", help="When texts that do not say so were published: 2022-06-15, 2022-06 or 2022."),
]
Pipeline = Annotated[
    list[str], typer.Option("--pipeline", help="An installed spaCy pipeline for a language: it=it_core_news_lg.")
]
Config = Annotated[Path | None, typer.Option("--config", help="Settings file; dragoman.toml where there is one.")]
Rules = Annotated[list[Path], typer.Option("--rules", help="A folder of event rules to load beside the shipped ones.")]
Actors = Annotated[
    list[Path], typer.Option("--actors", help="A file of your own actors (TOML), which win over the shipped ones.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes read.")]
Record = Annotated[
    str,
    typer.Option(
        "--record", "-r", envvar="DRAGOMAN_RECORD", help="The record: an SQLite file, or a PostgreSQL address."
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")]
