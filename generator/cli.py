"""The command line: parse, call, print, exit. Results on stdout, talk on stderr.

Exit codes: 0 good, 1 faults in the data, 2 wrong use or a package that misses a part.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date as calendar_date
from datetime import datetime
from pathlib import Path

import click

from generator import files
from generator.answers import Row, match_rows, neighbour_rows, pattern_rows, registered_row, render_row
from generator.blank import render_blank
from generator.cli_export import export, proposals
from generator.cli_init import init
from generator.cli_kit import kit
from generator.cli_sources import refresh, sources
from generator.command import (
    Door,
    Options,
    config_file,
    folder,
    own_registry,
    own_words,
    settings_of,
    tell_held,
    tell_stage,
    words_of,
)
from generator.concepts import concept_matcher
from generator.dating import render_due, render_due_count
from generator.grounds import ground_beside
from generator.grouping import Grouping, group_cases
from generator.model import ID_PATTERN, Case
from generator.pipeline import (
    BuildError,
    check_records,
    find_due,
    load_registry,
    read_release,
    read_vocabulary,
    review_records,
    review_registry,
    write_registry,
)
from generator.plaintext import index_plain
from generator.privacy.finding import mask
from generator.privacy.review import name_is_clear
from generator.problems import Problem, has_errors, render_github, render_json, render_text, sort_problems
from generator.progress import tracked
from generator.registry import Registry
from generator.schema import render_schema
from generator.similarity import compare
from generator.vectors import traits_of
from generator.wording import render_change, render_no_changes

FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
}
CI_MARKS = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "BUILD_NUMBER")
"""What services that build set in the environment: there nothing is ever shown."""

SCHEMAS = (Path("generator/schema/case.schema.json"), Path("schema/case.schema.json"))
"""Where the schema stands: in the source of the generator, and in a site that uses it."""
STDIN = "-"
"""Plain text from standard input."""


def _date(purpose: str) -> Options:
    return click.option(
        "--date",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: calendar_date.today().isoformat(),
        show_default="today",
        help=purpose,
    )


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maatwerkatlas")
def main() -> None:
    """Case records of the Dutch social domain: check them, group them, publish them."""


main.add_command(export)
main.add_command(proposals)
main.add_command(init)
main.add_command(kit)
main.add_command(sources)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print."
)
@click.option("--show", is_flag=True, help="Show what the privacy gate found unmasked; only at your own screen.")
@click.option("--due", is_flag=True, help="List the rules that changed after the case, on standard error.")
@_date("Day for which changed rules are listed.")
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    show: bool,
    due: bool,
    date: datetime,
    cases: Path,
    patterns: Path,
    words: Path | None,
) -> None:
    """Check records and registry, privacy included; every problem with file, line, column, code and what to do."""
    if show and (any(os.environ.get(name) for name in CI_MARKS) or not _at_a_screen()):
        raise click.UsageError("--show laat gevonden gegevens zien en werkt alleen op een eigen scherm, nooit in CI.")
    shown = str if show else mask
    settings = settings_of(cases, patterns, words)
    vocabulary, in_words = read_vocabulary(settings, shown)
    checked = check_records(settings, vocabulary, paths)
    clearance = review_records(settings, vocabulary, checked, read_release(settings, vocabulary), shown)
    problems = [*in_words, *checked.problems, *clearance.problems]
    if not paths and own_registry(context):
        _, faults = load_registry(settings, vocabulary, [record.case for record in checked.records])
        problems += [*faults, *review_registry(settings, vocabulary, shown)]
    problems = list(sort_problems(problems))
    click.echo(FORMATS[form](problems), nl=False)
    held = f", {len(clearance.held)} aangehouden" if clearance.held else ""
    alone = (
        f" ({clearance.unique} zijn de enige met een of twee van hun feiten)" if clearance.unique and not paths else ""
    )
    click.echo(f"{len(checked.records)} records{alone}, {len(problems)} problemen{held}", err=True)
    changed = find_due(settings, vocabulary, checked, date.date())
    if changed:
        click.echo(render_due_count(len(changed), listed=due), err=True)
    for rule in changed if due else ():
        click.echo(render_due(rule), err=True)
    sys.exit(1 if has_errors(problems) or in_words or clearance.held else 0)


@main.command()
@config_file
@click.option(
    "--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="Folder to publish into."
)
@folder("cases")
@folder("patterns")
@own_words
@click.option("--fresh", is_flag=True, help="Make everything anew, also what would come out the same as last time.")
def build(config: Path, site: Path, cases: Path, patterns: Path, words: Path | None, *, fresh: bool) -> None:
    """Check, group and build the whole site; a fault leaves the previous site as it was."""
    from generator.keeping import forget, keep
    from generator.mkdocs_plugin import build_site

    refresh(config, settings_of(cases, patterns, words))
    if fresh:
        forget(site)
    try:
        with ground_beside(site.absolute()) as ground:
            prepared, left = build_site(
                config,
                ground,
                tell_stage,
                tracked,
                site.absolute(),
                cases=str(cases.absolute()),
                patterns=str(patterns.absolute()),
                **({"vocabulary": str(words.absolute())} if words else {}),
            )
            keep(site, left)
    except BuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    tell_held(prepared)


@main.command()
@config_file
@click.option(
    "--address", metavar="HOST:PORT", help="Where to serve.  [default: dev_addr of mkdocs.yml, or 127.0.0.1:8000]"
)
def serve(config: Path, address: str | None) -> None:
    """Serve the site on this computer; an edit in a record shows in the browser."""
    from generator.mkdocs_plugin import serve_site

    serve_site(config, address)


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@click.option("--write", is_flag=True, help="Apply the proposals to the registry.")
@_date("Date of the history lines.")
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def patterns(
    context: click.Context, form: str, write: bool, date: datetime, cases: Path, patterns: Path, words: Path
) -> None:
    """Print what the model would change in the registry, with reasons; with json all patterns with their members.

    Records in another folder than the site's are grouped without our registry, unless --patterns names one.
    """
    if write and not own_registry(context):
        raise click.UsageError("Noem met --patterns het register van deze records.")
    settings = settings_of(cases, patterns, words)
    vocabulary = words_of(settings)
    checked = check_records(settings, vocabulary)
    every = [record.case for record in checked.records]
    registry, faults = load_registry(settings, vocabulary, every) if own_registry(context) else (Registry(), ())
    problems = sort_problems([*checked.problems, *faults])
    _report_faults(problems)
    if write and has_errors(problems):
        click.echo("Er is niets geschreven: er zijn fouten in de records of in het register.", err=True)
        sys.exit(1)
    grouping = group_cases(_first_of_each(every), vocabulary, registry, date.date().isoformat())
    if form == "json":
        rows = [registered_row(entry) for entry in grouping.patterns if entry.stands and entry.members]
        click.echo(json.dumps({"patronen": rows, "los": list(grouping.loose)}, ensure_ascii=False, indent=1))
    else:
        _print_changes(grouping)
    if write:
        written = write_registry(settings, grouping.proposal.registry)
        click.echo(f"geschreven: {len(written)} bestanden", err=True)


def _print_changes(grouping: Grouping) -> None:
    proposed = {pattern.id: pattern for pattern in grouping.proposal.registry.patterns}
    names = {entry.number: entry.name for entry in grouping.patterns}
    for change in grouping.proposal.changes:
        click.echo(render_change(change, names))
        said = {member.casus: member for member in proposed[change.pattern].leden}
        for case in change.cases:
            member = said.get(case)
            click.echo(f"  {case}" + (f" {member.sterkte:.2f} ({'; '.join(member.redenen)})" if member else ""))
    if not grouping.proposal.changes:
        click.echo(render_no_changes())


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...|-")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@click.option(
    "--of",
    "what",
    type=click.Choice(["cases", "patterns"]),
    default="cases",
    show_default=True,
    help="What to rank; patterns for plain text alone.",
)
@folder("cases")
@folder("patterns")
@own_words
@click.pass_context
def similar(
    context: click.Context, sources: tuple[str, ...], form: str, what: str, cases: Path, patterns: Path, words: Path
) -> None:
    """Print the cases nearest to records, or (with -) to plain text from standard input, with the reasons.

    Plain text is compared with published cases, by the measure of the page "Leg uw casus ernaast".
    """
    asked = [source for source in sources if source != STDIN]
    if what == "patterns" and asked:
        raise click.UsageError("--of patterns werkt alleen met platte tekst (-).")
    settings = settings_of(cases, patterns, words)
    vocabulary = words_of(settings)
    matcher = concept_matcher(vocabulary.concepts)
    there = check_records(settings, vocabulary)
    _report_faults(there.problems)
    first = _first_of_each([record.case for record in there.records])
    known = {case.id: traits_of(case) for case in first}
    nearest: dict[str, Sequence[Row]] = {}
    if asked:
        checked = check_records(settings, vocabulary, [Path(source) for source in asked])
        _report_faults(checked.problems)
        given = [record.case for record in checked.records if name_is_clear(record.case.id)]
        known |= {case.id: traits_of(case) for case in given}
        if len(given) < len(asked):
            click.echo(f"{len(asked) - len(given)} records doen niet mee: zie `maatwerkatlas check`.", err=True)
            sys.exit(1)
        found = compare(list(known.values()), matcher)
        nearest |= {case.id: neighbour_rows(found, case.id, vocabulary) for case in given}
    if STDIN in sources:
        published = [case for case in first if case.published]
        plain = index_plain((traits_of(case) for case in published), vocabulary.wetten, matcher)
        matches = plain.rank(sys.stdin.read())
        if what == "cases":
            nearest[STDIN] = match_rows(matches, vocabulary)
        else:
            registry = load_registry(settings, vocabulary, published)[0] if own_registry(context) else Registry()
            nearest[STDIN] = pattern_rows(matches, group_cases(published, vocabulary, registry), vocabulary)
    if form == "json":
        click.echo(json.dumps(nearest, ensure_ascii=False, indent=1))
        return
    for source, rows in nearest.items():
        click.echo(source)
        for row in rows:
            click.echo(f"  {render_row(row)}")


@main.command()
@click.argument("case_id", metavar="ID")
@own_words
def new(case_id: str, words: Path | None) -> None:
    """Print an empty record with explanations; write it to cases/ID.yaml yourself."""
    if not re.fullmatch(ID_PATTERN, case_id):
        raise click.BadParameter("kleine letters, cijfers en streepjes", param_hint="ID")
    click.echo(
        render_blank(
            case_id, words_of(settings_of(Path("cases"), Path("patterns"), words)), _schema_place().as_posix()
        ),
        nl=False,
    )


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether the committed schema is up to date.")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@own_words
def schema(path: Path | None, only_check: bool, words: Path | None) -> None:
    """Write the JSON Schema of a record, made from the model and the vocabulary with the site's own words.

    PATH is schema/case.schema.json, or the generator's own file where its source stands.
    """
    path = path or _schema_place()
    text = render_schema(words_of(settings_of(Path("cases"), Path("patterns"), words))).encode()
    if only_check:
        if not path.is_file() or files.read_text(path).encode() != text:
            click.echo(f"{path} is not up to date; run: maatwerkatlas schema", err=True)
            sys.exit(1)
        return
    files.write_changed(path, text)


def _schema_place() -> Path:
    """Where the schema stands, seen from the folder of the site."""
    return next((place for place in SCHEMAS if place.parent.is_dir()), SCHEMAS[-1])


def _first_of_each(cases: Sequence[Case]) -> list[Case]:
    """Each id once, withdrawn ones left out, and those whose id names somebody: an id is printed and kept."""
    first = {case.id: case for case in reversed(cases) if not case.withdrawn}
    clear = [case for case in sorted(first) if name_is_clear(case)]
    if len(clear) < len(first):
        click.echo(f"{len(first) - len(clear)} records doen niet mee: hun id lijkt naar een mens te wijzen.", err=True)
    return [first[case] for case in clear]


def _at_a_screen() -> bool:
    """Whether what is printed goes to a screen, and not to a file or another program."""
    return sys.stdout.isatty()


def _report_faults(problems: Sequence[Problem]) -> None:
    click.echo(render_text([problem for problem in problems if has_errors([problem])]), nl=False, err=True)
