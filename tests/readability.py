"""Readability of Dutch by Flesch-Douma, and the running text of our templates, pages and messages to measure it on.

Douma (1960): 206.84 - 0.77 × syllables per 100 words - 0.93 × words per sentence. His bands: 0-30 very hard, 30-45
hard, 45-60 fairly hard, 60-70 normal, 70-80 fairly easy, 80 and up easy. The counter is our own: hyphenation patterns
leave out breaks that look bad in print (one letter alone on a line), so they find fewer syllables than a word has and
make texts look easier than they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import yaml

BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 header hr li"
    " legend main nav ol option p pre section summary table tbody td textarea th thead title tr ul".split()
)
"""Elements whose text stands by itself."""
SKIPPED = frozenset(("script", "style", "table", "blockquote", "pre", "svg"))
"""Elements that hold no running text of our own."""
VALUE = "iets"
"""Stands for a value that a template or a message fills in."""
_NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|oi|[aeiouyáàâäéèêëíìîïóòôöúùûü]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_END = re.compile(r"(?<!\bart\.)(?<!\bnr\.)(?<=[.?!:])[\"'’”)]*\s+(?=[\"'‘“(]?[A-ZÀ-Ý0-9])")
_RUNNING = re.compile(r"[.?!:][\"'’”)]*$")
_TAG = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})", re.DOTALL)
_NAME_OF_TAG = re.compile(r"{%[-+]?\s*(\w+)")
_BELOW = {"if", "for", "block", "macro", "call", "filter"}


@dataclass(frozen=True)
class Score:
    """What was measured of a text."""

    words: int
    syllables: int
    sentences: int

    @property
    def ease(self) -> float:
        """By Flesch-Douma, higher is easier."""
        return 206.84 - 77 * self.syllables / self.words - 0.93 * self.words / self.sentences


def count_syllables(word: str) -> int:
    """How many syllables a Dutch word has; at least one, and one a letter in capitals alone (BSN). It takes vowels that
    are written as one sound to be one: it finds two in "museum", which has three.
    """
    return len(word) if len(word) > 1 and word.isupper() else max(len(_NUCLEUS.findall(word)), 1)


def words_of(text: str) -> list[str]:
    """The words of a text; numbers are none."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a running text. A colon ends one if a capital or a number follows."""
    return [part for part in _END.split(" ".join(text.split())) if words_of(part)]


def measure(texts: Iterable[str]) -> Score | None:
    """The score of running texts together; none if they hold no sentence."""
    sentences = [words_of(sentence) for text in texts for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in sentence]
    return Score(len(words), sum(map(count_syllables, words)), len(sentences)) if words else None


class _Text(HTMLParser):
    """The texts of HTML, one for each element that stands by itself."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self._skipped = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in SKIPPED
        if tag in BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipped = max(self._skipped - (tag in SKIPPED), 0)
        if tag in BLOCKS:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts[-1] += data


def running_texts(html: str) -> list[str]:
    """The texts of HTML that are sentences: headings, labels and buttons would make any page look easy."""
    texts = (" ".join(text.split()) for text in _Text(html).texts)
    return [text for text in texts if _RUNNING.search(text)]


def texts_of_template(source: str) -> list[str]:
    """The running texts of a template. Values become one word; of a choice the first way stands in its sentence, and
    each other way is a text by itself; Dutch sentences in quotes within code are texts too.
    """
    ways = list(_ways(source))
    quoted = [text for tag in _TAG.findall(source) if not tag.startswith("{#") for text in _quoted(tag)]
    return [text for way in ways for text in running_texts(way)] + quoted


def _quoted(tag: str) -> Iterator[str]:
    for single, double in re.findall(r"'([^'\n]*)'|\"([^\"\n]*)\"", tag):
        text = single or double
        if _RUNNING.search(text) and len(words_of(text)) > 2:
            yield text


def _ways(source: str) -> Iterator[str]:
    """The source as read with the first way of every choice, then each other way of each choice."""
    stack: list[str] = [""]
    first = [True]
    for piece in _TAG.split(source):
        if piece.startswith("{{"):
            stack[-1] += VALUE
        elif piece.startswith("{%"):
            match = _NAME_OF_TAG.match(piece)
            name = match.group(1) if match else ""
            if name in _BELOW:
                stack.append("")
                first.append(True)
            elif name in {"else", "elif"}:
                yield from _close(stack, first)
                stack.append("")
                first.append(False)
            elif name.startswith("end") and name != "endset":
                yield from _close(stack, first)
        elif not piece.startswith("{#"):
            stack[-1] += piece
    yield stack[0]


def _close(stack: list[str], first: list[bool]) -> Iterator[str]:
    text, was_first = stack.pop(), first.pop()
    if was_first:
        stack[-1] += text
    else:
        yield text


def texts_of_markdown(source: str) -> list[str]:
    """The running texts of a Markdown page: no code, tables, quotations or comments."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    text = re.sub(r"^ *```.*?^ *```", "\n", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*(\||>).*$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^#+ .*$", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", VALUE, text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"{[^}\n]*}", "", text)
    text = re.sub(r"^ *(?:[-*+]|\d+\.) +", "\n\n", text, flags=re.MULTILINE)
    text = re.sub(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}", "", text)
    paragraphs = re.split(r"\n\s*\n", text)
    return [found for paragraph in paragraphs for found in running_texts(paragraph)]


def texts_of_toml(source: str) -> list[str]:
    """The running texts of a file of messages; what is filled in becomes one word."""
    return [text for value in _strings(tomllib.loads(source)) for text in running_texts(re.sub(r"{\w*}", VALUE, value))]


def texts_of_yaml(source: str) -> list[str]:
    """The running texts of a list that people wrote for readers."""
    return [text for value in _strings(yaml.safe_load(source)) for text in running_texts(value)]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
