"""Make the word and name lists of the privacy gate again from their sources.

    python -m benchmarks.privacy.make_lists DUTCH MIMESIS

DUTCH is OpenTaal's word list (Debian's package wdutch, file `dutch`, 2.20.19), MIMESIS the folder of the package
mimesis (22.2.0); Faker (40.54.0) must be importable. Nothing of these is needed to run the gate. Notices and licences
stand in `generator/privacy/lists/BRONNEN.md`. Same sources, same bytes.
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.privacy.lists import fold

LISTS = Path(__file__).parents[2] / "generator" / "privacy" / "lists"
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’\- ]+")


def main() -> None:
    """Write `woorden.txt.gz`, `hoofdletters.txt.gz` and `namen.txt.gz`."""
    dutch, mimesis = Path(sys.argv[1]), Path(sys.argv[2])
    words = dutch.read_text("utf-8").split("\n")
    write("woorden.txt.gz", (word for word in words if word.islower()))
    write("hoofdletters.txt.gz", (word.lower() for word in words if word[:1].isupper() and not word.isupper()))
    names = [*faker_names(), *mimesis_names(mimesis)]
    parts = {part for name in names if LATIN.fullmatch(name) for part in name.replace("’", "'").split()}
    write("namen.txt.gz", (fold(part) for part in parts if part[0].isupper() and len(part) > 1))


def write(name: str, lines: object) -> None:
    """One entry a line, sorted, without a date in the file's head."""
    assert hasattr(lines, "__iter__")
    text = "\n".join(sorted({line for line in lines if line}))
    (LISTS / name).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def faker_names() -> Iterator[str]:
    """First names and surnames of every locale of Faker."""
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in sorted(vars(provider)):
            if "first_name" in attribute or "last_name" in attribute:
                value = getattr(provider, attribute)
                if isinstance(value, dict | list | tuple | set):
                    yield from (name for name in value if isinstance(name, str) and "{{" not in name)


def mimesis_names(folder: Path) -> Iterator[str]:
    """Names and surnames of every locale of mimesis."""
    for path in sorted(folder.glob("datasets/*/person.json")):
        person = json.loads(path.read_text("utf-8"))
        for key in ("names", "surnames"):
            yield from _texts(person.get(key, {}))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        yield from (text for text in value if isinstance(text, str))


if __name__ == "__main__":
    main()
