"""The command `readout`: one verb, one function; parses, calls, prints.

Exit status: 0 done, 1 problems in the input, 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from readout import __version__, desk, tuning
from readout.desk import Desk
from readout.records import Problem

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(words: str) -> str:
    """Words without what a terminal would act on."""
    return UNSAFE.sub("�", words)


def say(words: str = "") -> None:
    """A line for the person, on standard error, so that standard output stays for results."""
    click.echo(safe(words), err=True)


def tell(problems: Iterable[Problem]) -> int:
    """Show problems; the exit status they make."""
    status = 0
    for problem in problems:
        say(str(problem))
        status = 1
    return status


class Progress:
    """Names the file at work on one line of the terminal; silent where there is none."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.count = 0

    def __call__(self, name: str) -> None:
        self.count += 1
        if self.shown:
            sys.stderr.write(f"\r\x1b[K{self.count}  {safe(name)[:100]}")
            sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        if self.shown and self.count:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def problems_as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems for `--json`."""
    return [{"path": p.path, "line": p.line, "message": p.message} for p in problems]


@click.group(context_settings=CONTEXT)
@click.version_option(__version__)
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The project's folder. [default: found from here upwards]",
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Turn news articles into briefings whose every statement is tied to the article's own words.

    Drop articles into briefings/articles/, then: readout serve
    """
    tuning.settle(os.environ)
    context.obj = Desk(root.resolve()) if root else desk.find_desk(Path.cwd())


@main.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option(
    "--name", help="Name of the article, for its file and page. [default: the file's, or the title's]"
)
@click.option("--title", help="The headline, where the file does not say.")
@click.option("--source", "outlet", help="The outlet.")
@click.option("--author", help="The author.")
@click.option("--url", help="Where the article stands on the web.")
@click.option("--published", help="Date of publication, e.g. 2025-03-31.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def add(
    place: Desk,
    source: str,
    name: str | None,
    title: str | None,
    outlet: str | None,
    author: str | None,
    url: str | None,
    published: str | None,
    as_json: bool,
) -> None:
    """Put an article into briefings/articles/ and make its briefing.

    FILE is copied as it is; a URL is fetched; - reads standard input. What the options say goes into a
    small file beside the article.

    Example: readout add talks.html --source "The Courier" --published 2025-03-31
    """
    from readout import adding, flow

    stated = {"title": title, "source": outlet, "author": author, "url": url, "published": published}
    path, problems = adding.add(place, source, name, {k: v for k, v in stated.items() if v})
    if path is None:
        if as_json:
            click.echo(
                json.dumps(
                    {"article": None, "briefing": None, "problems": problems_as_data(problems)},
                    ensure_ascii=False,
                )
            )
        raise SystemExit(tell(problems))
    report = flow.brief(place, only=[path])
    made = [*report.written, *report.unchanged, *report.edited]
    problems = [*problems, *report.problems]
    if as_json:
        click.echo(
            json.dumps(
                {
                    "article": place.shown(path),
                    "briefing": made[0] if made else None,
                    "problems": problems_as_data(problems),
                },
                ensure_ascii=False,
            )
        )
    else:
        say(f"added    {place.shown(path)}")
        for briefing in made:
            say(f"briefing {briefing}")
    raise SystemExit(tell(problems))


@main.command()
@click.option("--prune", is_flag=True, help="Remove untouched briefings whose article is gone.")
@click.option("--diff", is_flag=True, help="Show what people changed in their briefings.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def brief(place: Desk, prune: bool, diff: bool, as_json: bool) -> None:
    """Turn every article into a briefing; what people have edited stays as it is.

    Example: readout brief
    """
    from readout import flow

    progress = Progress()
    report = flow.brief(place, prune=prune, diff=diff, progress=progress)
    progress.done()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "written": report.written,
                    "unchanged": report.unchanged,
                    "edited": report.edited,
                    "removed": report.removed,
                    "problems": problems_as_data(report.problems),
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for line in report.differences:
            click.echo(safe(line))
        say_brief(report)
    raise SystemExit(tell(report.problems))


def say_brief(report: Any) -> None:
    """What a run of `brief` did, in a line or a few."""
    for name in report.written:
        say(f"written  {name}")
    for name in report.removed:
        say(f"removed  {name}")
    total = len(report.written) + len(report.unchanged) + len(report.edited)
    kept = f", {len(report.edited)} edited by hand and kept" if report.edited else ""
    say(f"briefings: {total}, {len(report.written)} written{kept}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def verify(place: Desk, as_json: bool) -> None:
    """Prove every quote and every evidence sentence against its article, character by character.

    Example: readout verify
    """
    from readout import flow

    progress = Progress()
    results = flow.check_all(place, progress)
    progress.done()
    orphans = flow.Report()
    from readout import reading

    flow.orphans(place, {reading.article_id(p) for p in desk.article_files(place)}, False, orphans)
    named = {p.path for r in results for p in r.problems}
    problems = [p for r in results for p in r.problems] + [p for p in orphans.problems if p.path not in named]
    passages = sum(r.passages for r in results)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "briefings": len(results),
                    "passages": passages,
                    "edited": [r.path for r in results if r.edited],
                    "problems": problems_as_data(problems),
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    elif not problems:
        say(
            f"{passages} passages in {len(results)} briefings stand in their articles, character by character"
        )
    status = tell(problems)
    if status and not as_json:
        say(f"{len(problems)} problems in {len({p.path for p in problems})} files")
    raise SystemExit(status)


@main.command()
@click.option("--no-site", is_flag=True, help="Derive the pages only; do not run MkDocs.")
@click.option("--brief/--no-brief", "briefly", default=True, help="Make briefings for new articles first.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def build(place: Desk, no_site: bool, briefly: bool, as_json: bool) -> None:
    """Derive the pages from the briefings and build the site into site/.

    Example: readout build
    """
    status, result = build_all(place, no_site, briefly)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
    raise SystemExit(status)


def other_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Names under which the search finds a country or body, beside those its articles use: “Kremlin” for Russia."""
    from readout.extract import gazetteer

    found = {("country", c.name): (*c.names, *c.seats, *c.adjectives, *c.capitals) for c in gazetteer.countries()}
    return found | {("organization", b.name): (*b.names, *b.seats) for b in gazetteer.bodies()}


def build_all(place: Desk, no_site: bool = False, briefly: bool = True) -> tuple[int, dict[str, Any]]:
    """`brief`, then pages, then the site; exit status and what was done."""
    from readout import flow, site
    from readout.corpus import load
    from readout.pages import all_pages, search
    from readout.pages.atlas import survey

    problems: list[Problem] = []
    progress = Progress()
    if briefly:
        report = flow.brief(place, progress=progress)
        progress.done()
        say_brief(report)
        problems += report.problems
    results = flow.check_all(place, progress)
    progress.done()
    problems += [p for r in results for p in r.problems if p not in problems]
    corpus, found = load.corpus(
        place.briefings, [r.briefing for r in results if r.briefing], {r.path for r in results if r.edited}
    )
    problems += found
    pages = all_pages(corpus, site.settings(place))
    changed, removed, total = site.write_pages(place, pages)
    say(f"pages:     {total}, {changed} written, {removed} removed")
    built = None
    if not no_site:
        built, found = site.build(place, search.entries(survey(corpus), other_names()))
        problems += found
        if built is not None:
            say(f"site:      {'built' if built else 'up to date'} in {place.shown(place.site)}/")
    status = tell(problems)
    return status, {
        "briefings": len(corpus.briefings),
        "pages": total,
        "written": changed,
        "removed": removed,
        "site": built,
        "problems": problems_as_data(problems),
    }


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option("--port", default=8000, show_default=True, help="Port; 0 takes a free one.")
@click.option(
    "--below", default="/", show_default=True, help="Path to serve at, as on GitHub Pages: /project/."
)
@click.option("--no-build", is_flag=True, help="Serve site/ as it is.")
@click.pass_obj
def serve(place: Desk, host: str, port: int, below: str, no_build: bool) -> None:
    """Build the site and serve it on this machine.

    Example: readout serve --port 8080
    """
    from readout import site

    status = 0
    if not no_build:
        status, _ = build_all(place)
    problem = site.serve(
        place, host, port, lambda address: say(f"serving    {address}  (Ctrl-C ends it)"), below
    )
    raise SystemExit(tell([problem]) if problem else status)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.pass_obj
def extract(place: Desk, paths: tuple[Path, ...]) -> None:
    """Print what is read out of articles in the extraction format, one JSON line each.

    A folder stands for the articles in it.

    Example: readout extract briefings/articles > all.jsonl
    """
    from readout import interchange, reading
    from readout.extract import extract as extract_article

    status = 0
    progress = Progress()
    for path in expand(paths):
        progress(str(path))
        article, problems = reading.read(path)
        status = tell(problems) or status
        if article is not None:
            sys.stdout.buffer.write(interchange.to_line(extract_article(article)).encode("utf-8") + b"\n")
    sys.stdout.flush()
    progress.done()
    raise SystemExit(status)


def expand(paths: Iterable[Path]) -> Iterable[Path]:
    """Files as they are, folders as the articles in them."""
    from readout.reading import READERS

    for path in paths:
        if path.is_dir():
            yield from sorted(
                p for p in path.iterdir() if p.suffix.lower() in READERS and p.name != "README.md"
            )
        else:
            yield path


@main.command()
@click.argument("what", type=click.Choice(["actors", "quotes", "moves", "all", "own"]), default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--errors", is_flag=True, help="List the errors too, on standard error.")
@click.pass_obj
def measure(place: Desk, what: str, as_json: bool, errors: bool) -> None:
    """Score the extraction against annotated articles.

    `own` takes the project's own ones, in tests/gold/, and lists with --errors the wrong quotes of those that
    may be learned from; the others take sets of real articles, which are not part of the project and lie where
    READOUT_EVAL says, and print 95% intervals.

    Example: readout measure own
    """
    from readout import measure as measuring
    from readout import measure_own

    try:
        if what == "own":
            figures = measure_own.run(place.root)
            click.echo(json.dumps(figures, indent=1) if as_json else measure_own.table(figures))
            for line in measure_own.quote_errors(place.root) if errors else ():
                click.echo(line, err=True)
            return
        result = measuring.run(what, errors)
    except FileNotFoundError as error:
        missing = Problem(
            str(error.filename),
            None,
            "is not here: put the annotated articles there, or name their folder in READOUT_EVAL. "
            "`readout measure own` takes those in tests/gold/",
        )
        raise SystemExit(tell([missing])) from None
    click.echo(json.dumps(result, indent=1) if as_json else measuring.table(result))


@main.command()
@click.option("--remove", is_flag=True, help="Remove the sample articles and their untouched briefings.")
@click.option("--edited", is_flag=True, help="With --remove: those too whose briefing was edited by hand.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def samples(place: Desk, remove: bool, edited: bool, as_json: bool) -> None:
    """List the sample articles that came with the project, or remove them.

    Articles of your own stay, and so does every briefing that a person has edited, unless --edited says
    otherwise.

    Example: readout samples --remove
    """
    from readout import samples as shipped

    if edited and not remove:
        raise click.UsageError("--edited goes with --remove")
    if not remove:
        there = [place.shown(s.path) for s in shipped.standing(place)]
        _, problems = shipped.listed(place)
        if as_json:
            click.echo(
                json.dumps(
                    {"samples": there, "problems": problems_as_data(problems)}, ensure_ascii=False, indent=1
                )
            )
        else:
            for name in there:
                click.echo(safe(name))
            say(
                f"{len(there)} sample files; `readout samples --remove` removes them"
                if there
                else "no sample articles are here"
            )
        raise SystemExit(tell(problems))
    report = shipped.remove(place, edited)
    if as_json:
        click.echo(
            json.dumps(
                {"removed": report.removed, "problems": problems_as_data(report.kept)},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for name in report.removed:
            say(f"removed  {name}")
        say(
            f"samples: {len(report.removed)} files removed"
            + (f", {len(report.kept)} kept:" if report.kept else "")
        )
    raise SystemExit(tell(report.kept))


@main.command()
@click.option("--name", help="What the site is called.")
@click.option("--description", help="One sentence on what it is about.")
@click.option("--address", help="Where it will be published, e.g. https://name.github.io/project/")
@click.option(
    "--colour",
    "--color",
    "colour",
    help="Colour of links and name, e.g. #0a4d87; made readable if it is not.",
)
@click.option("--owner", help="Who answers for the site.")
@click.option(
    "--licence", "--license", "licence", help="Of the briefings: CC-BY-4.0, CC0-1.0 …, or your own words."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def init(place: Desk, /, as_json: bool, **wishes: str | None) -> None:
    """Make the site your own: name, address, colour, licence, written into mkdocs.yml.

    Without options it asks. Run it again at any time; what is the same already stays as it is.

    Example: readout init --name "River Watch" --address https://ana.github.io/river/ --licence CC-BY-4.0
    """
    from readout import own

    if not any(value is not None for value in wishes.values()):
        if not sys.stdin.isatty():
            raise click.UsageError(
                "say what to set (--name, --address, …), or run it in a terminal to be asked"
            )
        wishes = ask_wishes(place)
    report = own.write(place, own.Wishes(**wishes))
    if as_json:
        click.echo(
            json.dumps(
                {"changed": report.changed, "problems": problems_as_data(report.problems)},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for name in report.changed:
            say(f"written  {name}")
        if not report.changed and not report.problems:
            say("nothing to change")
    raise SystemExit(tell(report.problems))


def ask_wishes(place: Desk) -> dict[str, str | None]:
    """The wishes, asked one by one; an empty answer leaves a thing as it is."""
    questions = {
        "name": "What is the site called?",
        "description": "What is it about, in one sentence?",
        "address": "Where will it be published (https://…)?",
        "colour": "Colour of links (#0a4d87)?",
        "owner": "Who answers for it?",
        "licence": "Licence of the briefings (CC-BY-4.0, CC0-1.0, your own words)?",
    }
    say("Press Enter to leave a thing as it is.")
    answers = {
        key: click.prompt(question, default="", show_default=False, err=True).strip()
        for key, question in questions.items()
    }
    return {key: answer or None for key, answer in answers.items()}


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor(place: Desk, as_json: bool) -> None:
    """Say what is missing or broken, on this machine and in the project, and how to mend it.

    Example: readout doctor
    """
    from readout import doctor as looking

    findings = looking.examine(place)
    bad = [f for f in findings if f.state == looking.BAD]
    if as_json:
        click.echo(json.dumps([f._asdict() for f in findings], ensure_ascii=False, indent=1))
    else:
        signs = {looking.GOOD: "ok  ", looking.NOTE: "note", looking.BAD: "BAD "}
        for f in findings:
            click.echo(safe(f"{signs[f.state]}  {f.subject}: {f.said}"))
            if f.mend:
                click.echo(safe(f"      → {f.mend}"))
        notes = sum(f.state == looking.NOTE for f in findings)
        say(f"{len(bad)} to mend, {notes} to note, {len(findings) - len(bad) - notes} in order")
    raise SystemExit(1 if bad else 0)
