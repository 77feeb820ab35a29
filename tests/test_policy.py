"""The Content-Security-Policy: what the theme put around the content may run, what stands in the content may not."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.policy import DIRECTIVES, PolicyError, add_policies, render_policy


def a_page(content: str = "", around: str = "<script>een()</script>", head: str = '\n<meta charset="utf-8">') -> str:
    return (
        f"<!doctype html><html><head>{head}<title>t</title>{around}</head>"
        f"<body><main><article class='x'>{content}</article></main></body></html>"
    )


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_a_script_around_the_content_may_run():
    assert f"script-src 'self' 'wasm-unsafe-eval' {hash_of('een()')};" in render_policy(a_page())


def test_scripts_are_named_once_and_in_order():
    policy = render_policy(a_page(around="<script>b</script><script>a</script><script>b</script>"))
    assert policy == render_policy(a_page(around="<script>a</script><script>b</script>"))
    assert policy.count("sha256-") == 2


@pytest.mark.parametrize(
    "content",
    [
        "<script>kwaad()</script>",
        "</article><script>kwaad()</script><article>",
        "<article><script>kwaad()</script></article>",
        "</ARTICLE ><SCRIPT>kwaad()</SCRIPT>",
    ],
)
def test_a_script_in_the_content_may_not(content):
    assert render_policy(a_page(content)) == render_policy(a_page())


@given(st.text(max_size=80))
def test_whatever_the_content_says_the_policy_is_the_same(text):
    assert render_policy(a_page(text + "<script>kwaad()</script>" + text)) == render_policy(a_page())


def test_what_is_data_or_a_file_needs_no_hash():
    around = '<script type="application/json">{}</script><script src="a.js"></script>'
    assert "sha256" not in render_policy(a_page(around=around))


def test_nothing_unsafe_is_allowed():
    policy = render_policy(a_page())
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert DIRECTIVES["default-src"] == DIRECTIVES["base-uri"] == "'none'"
    assert DIRECTIVES["form-action"] == "'self'"


def test_the_policy_comes_first_in_the_head():
    page = a_page()
    changed = add_policies({"a/index.html": page})["a/index.html"]
    before, _, after = changed.partition('\n<meta http-equiv="Content-Security-Policy" content="')
    value, _, rest = after.partition('">')
    assert before + rest == page
    assert before.endswith('<meta charset="utf-8">')
    assert unescape(value) == render_policy(page)


def test_a_head_without_a_charset_has_it_too():
    changed = add_policies({"a.html": a_page(head="")})["a.html"]
    assert "<head>\n<meta http-equiv=" in changed


def test_a_page_without_a_head_stops_everything():
    with pytest.raises(PolicyError, match=r"a\.html"):
        add_policies({"a.html": "<p>niets</p>"})
