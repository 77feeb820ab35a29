"""An empty record with an explanation at every key, for an editor who starts a new case."""

from __future__ import annotations

from pydantic import BaseModel

from generator.model import Case
from generator.schema import texts_of
from generator.structure import TextTable, field_texts, part_model, word_list
from generator.vocabulary import Vocabulary

MOST_WORDS = 12
"""Lists up to this length are written out beside the key."""


def render_blank(case_id: str, vocabulary: Vocabulary, schema: str = "generator/schema/case.schema.json") -> str:
    """The YAML of an empty record: required keys open, all others as comments. `schema` stands beside `cases`."""
    lines = [f"# yaml-language-server: $schema=../{schema}"]
    lines += _lines(Case, "", vocabulary, field_texts(), case_id)
    return "\n".join(lines) + "\n"


def _lines(model: type[BaseModel], path: str, vocabulary: Vocabulary, texts: TextTable, case_id: str) -> list[str]:
    lines: list[str] = []
    for name, field in model.model_fields.items():
        where = f"{path}{name}"
        mark = "" if field.is_required() else "# "
        indent = "  " * path.count(".")
        words = word_list(field.annotation, tuple(field.metadata))
        known = list(vocabulary.labels[words]) if words else []
        choice = f" Kies: {', '.join(known)}." if 0 < len(known) <= MOST_WORDS else ""
        lines.append(f"{indent}# {texts_of(where, texts)['uitleg']}{choice}")
        part = part_model(field.annotation)
        if part is not None and field.is_required():
            lines.append(f"{indent}{name}:")
            lines += _lines(part, f"{where}.", vocabulary, texts, case_id)
        else:
            value = case_id if where == "id" else "concept" if where == "status" else ""
            lines.append(f"{indent}{mark}{name}: {value}".rstrip())
    return lines
