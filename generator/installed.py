"""Where this generator was installed from, as a requirement that installs the same again."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from generator import files

PACKAGE = "maatwerkatlas"
_KINDS = ("git+https://", "git+ssh://", "git+file://", "https://", "file://")
"""How an address may begin. No plain http: nobody could tell whose generator comes back."""


def installed_from() -> str:
    """The address (PEP 610) of the installed package, or its version; empty if it is not installed."""
    version, told = files.read_installed(PACKAGE, "direct_url.json")
    return render_origin(told) if told else version


def render_origin(told: str) -> str:
    """The address in the JSON of PEP 610, with the commit if there is one."""
    direct = json.loads(told)
    url = str(direct["url"])
    version_control = direct.get("vcs_info")
    if not version_control:
        return url
    return f"{version_control['vcs']}+{url}@{version_control['commit_id']}"


def requirement(origin: str) -> str:
    """The line of a requirements file for an address or a version.

    An address stands alone: older pips refuse a name before an address of git on this computer.
    """
    return origin if "://" in origin else f"{PACKAGE}=={origin}"


def read_origin(text: str) -> str | None:
    """An address from which pip can install; `None` if it cannot, or if it holds a password.

    `https://….git` is read as an address of git. A version number is one too: then the generator is of the index.
    """
    if re.fullmatch(r"[0-9]+(\.[0-9]+)*", text):
        return text
    address = f"git+{text}" if re.fullmatch(r"https://\S+\.git(@\S+)?", text) else text
    if not address.startswith(_KINDS) or re.search(r"[\s\"'<>\\$`]", address):
        return None
    try:
        parts = urlsplit(address)
        held = parts.password is not None or (parts.username is not None and "ssh" not in parts.scheme)
    except ValueError:
        return None
    return None if held or not (parts.netloc or parts.path.strip("/")) else address


def is_local(origin: str) -> bool:
    """Whether only this computer knows the address."""
    return "file://" in origin
