"""Faults in fields: what pydantic found wrong in a tree of nodes, as problems with a place. For any model."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.problems import Problem
from generator.source import Mapping, Scalar, place_of, plain_value
from generator.structure import Path, keys_at, placeholder_for, value_at

MAX_REPAIRS = 4
"""Rounds of leaving out faulty fields: a missing part shows its missing fields one level a round."""

_Model = TypeVar("_Model", bound=BaseModel)


def field_problems(model: type[BaseModel], file: str, root: Mapping, error: ValidationError) -> list[Problem]:
    """Every fault of a refused tree; a misspelt key names the nearest right one."""
    return [_field_problem(model, file, root, fault) for fault in error.errors()]


def repair(model: type[_Model], root: Mapping) -> _Model | None:
    """The model of a tree without its faulty fields, required ones filled in neutrally; `None` if that is not enough.

    Only for reporting what else is wrong, never for publishing.
    """
    value = plain_value(root)
    tried: set[Path] = set()
    for _ in range(MAX_REPAIRS):
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for fault in error.errors():
                loc = fault["loc"]
                _neutralise(model, value, fault["type"] == "extra_forbidden" or loc in tried, loc)
                tried.add(loc)
    return None


def _neutralise(model: type[BaseModel], value: object, surplus: bool, loc: Path) -> None:
    """Leave out what is surplus on `loc`, or put a harmless value where a faulty or missing one belongs."""
    parent: Any = value
    for step in loc[:-1]:
        known = isinstance(parent, dict) and step in parent
        known = known or (isinstance(parent, list) and isinstance(step, int) and step < len(parent))
        if not known:
            return
        parent = parent[step]
    if surplus and isinstance(parent, dict):
        parent.pop(loc[-1], None)
    elif isinstance(parent, (dict, list)):
        parent[loc[-1]] = placeholder_for(model, loc)  # type: ignore[index]  # a list has whole numbers on its path


_PYDANTIC_CODES = {
    "missing": "VELD-VERPLICHT",
    "string_type": "VELD-TEKST",
    "tuple_type": "VELD-LIJST",
    "model_type": "VELD-SLEUTELS",
    "model_attributes_type": "VELD-SLEUTELS",
    "too_long": "VELD-TE-LANG",
    "too_short": "VELD-TE-WEINIG",
    "int_parsing": "ONBEKEND-MAG-NIET",
}


def _field_problem(model: type[BaseModel], file: str, root: Mapping, fault: ErrorDetails) -> Problem:
    kind, loc, context = fault["type"], fault["loc"], fault.get("ctx", {})
    name = ".".join(str(step) for step in loc)
    if kind == "extra_forbidden":
        key = str(loc[-1])
        choices = keys_at(model, loc[:-1])
        near = get_close_matches(key, choices, n=1, cutoff=0.6)
        values = {"lijkt_op": near[0]} if near else {"keuzes": ", ".join(choices)}
        code = "VELD-ONBEKEND-LIJKT" if near else "VELD-ONBEKEND"
        return Problem(file, place_of(root, loc, key=True), code, values)
    code = _PYDANTIC_CODES.get(kind) or (kind if kind.upper() == kind else "VELD-FOUT")
    if kind in {"string_type", "tuple_type", "model_type"} and _is_empty(root, loc):
        code = "VELD-LEEG"
    limit = context.get("max_length", "")
    values = {"veld": name, "grens": str(limit), "keuzes": ", ".join(keys_at(model, loc))}
    return Problem(file, place_of(root, loc), code, values)


def _is_empty(root: Mapping, loc: Path) -> bool:
    node = value_at(root, loc)
    return isinstance(node, Scalar) and node.plain and node.text in {"", "null", "~"}
