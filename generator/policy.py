"""The Content-Security-Policy of every page: only scripts of the site itself, and of the theme those that we saw.

The theme has a few scripts inside its pages. What may run is decided by the shells, before any record is laid into
them, and never by what stands in the content of a page: a script that gets in there does not run.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape

DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What a page may load, run and send. The search program is WebAssembly; icons in stylesheets are `data:`."""
_CONTENT = re.compile(r"<article\b.*</article\s*>", re.S | re.I)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S | re.I)
"""A script without attributes: the theme's own. One with `src` falls under 'self', one with a type is data."""
_HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.I)


class PolicyError(Exception):
    """A page has no head to put the policy in; nothing is published."""


def render_policy(page: str) -> str:
    """The policy of a page as the builder made it: the scripts around its content may run, by their hash."""
    hashes = "".join(f" '{found}'" for found in sorted(set(_hashes(_CONTENT.sub("", page)))))
    rows = {name: value + (hashes if name == "script-src" else "") for name, value in DIRECTIVES.items()}
    return "; ".join(f"{name} {value}" for name, value in rows.items())


def add_policies(built: Mapping[str, str]) -> dict[str, str]:
    """Pages as the builder made them, by file name, each with its policy before everything else in its head.

    Raises `PolicyError` if a page has no head.
    """
    return {name: _add_policy(name, page) for name, page in built.items()}


def _add_policy(name: str, page: str) -> str:
    head = _HEAD.search(page)
    if head is None:
        raise PolicyError(name)
    policy = escape(render_policy(page), quote=False)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{page[: head.end()]}\n{tag}{page[head.end() :]}"


def _hashes(text: str) -> Iterator[str]:
    for script in _SCRIPT.findall(text):
        yield f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
