"""The command `readout`: one verb, one function; parses, calls, prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from readout import interchange
from readout import measure as measuring
from readout.extract import extract as extract_article
from readout.records import Article


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Turn news articles into briefings whose every statement is tied to the article's own words."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def extract(paths: tuple[Path, ...]) -> None:
    """Print what is read out of articles, one JSON line each.

    Example: readout extract briefings/articles/*.txt > all.jsonl
    """
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        sys.stdout.write(interchange.to_line(extract_article(Article(path.stem, text))) + "\n")


@main.command()
@click.argument("what", type=click.Choice(["actors", "quotes", "moves", "all"]), default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--errors", is_flag=True, help="List the errors too.")
def measure(what: str, as_json: bool, errors: bool) -> None:
    """Score the extraction against the evaluation articles.

    Example: readout measure quotes
    """
    result = measuring.run(what, errors)
    click.echo(json.dumps(result, indent=1) if as_json else measuring.table(result))
