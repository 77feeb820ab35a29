"""The Content-Security-Policy in a real browser: every page has one, and a script that gets into a body does not run.

That no kind of page does anything against its policy is tested with the requests of all pages, in `test_browser.py`.
"""

from __future__ import annotations

import shutil
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.serving import serving

pytestmark = [pytest.mark.site, pytest.mark.browser]

PLANTED = """
    <script>document.documentElement.dataset.kwaad = "script"</script>
    <img src="../bestaat-niet.png" onerror="document.documentElement.dataset.kwaad = 'attribuut'">
    <a id="geplant" href="javascript:document.documentElement.dataset.kwaad = 'link'">x</a>
    <p id="stijl" style="position: fixed">x</p>
"""
LISTEN = """
    self.verboden = [];
    document.addEventListener("securitypolicyviolation", (event) => self.verboden.push(event.effectiveDirective));
"""


def policy_of(text: str) -> str:
    """What stands in the policy of a page."""
    _, _, after = text.partition('<meta http-equiv="Content-Security-Policy" content="')
    return unescape(after.partition('"')[0])


class TestEveryPage:
    def test_has_one_policy_before_the_first_script(self, built_site: Path, small_site: Path) -> None:
        pages = [*built_site.rglob("*.html"), *small_site.rglob("*.html")]
        assert len(pages) > 300
        for path in pages:
            text = path.read_text("utf-8")
            assert text.count("http-equiv") == 1, path
            assert 0 < text.index("http-equiv") < text.index("<script"), path
            assert "unsafe-inline" not in policy_of(text), path

    def test_of_one_section_and_depth_has_the_same_policy(self, small_site: Path) -> None:
        policies = {policy_of(path.read_text("utf-8")) for path in small_site.glob("casussen/*/index.html")}
        assert len(policies) == 1


@pytest.fixture
def planted(small_site: Path, tmp_path: Path) -> Path:
    """The small site with hostile code in the body of one page, and the same page without a policy beside it."""
    site = tmp_path / "site"
    shutil.copytree(small_site, site, ignore=shutil.ignore_patterns("pagefind"))
    page = site / "casussen/eerste/index.html"
    text = page.read_text("utf-8").replace("</article>", f"{PLANTED}</article>")
    page.write_text(text, "utf-8")
    bare = site / "casussen/tweede/index.html"
    bare.write_text(text.replace('<meta http-equiv="Content-Security-Policy"', "<meta"), "utf-8")
    return site


def test_a_script_in_a_body_does_not_run(planted: Path, page: Page) -> None:
    page.add_init_script(LISTEN)
    for server in serving(planted):
        page.goto(f"{server.address}casussen/eerste/", wait_until="load")
        page.locator("#geplant").click()
        page.wait_for_function("self.verboden.length >= 4")
        assert set(page.evaluate("self.verboden")) == {"script-src-elem", "script-src-attr", "style-src-attr"}
        assert page.evaluate("document.documentElement.dataset.kwaad") is None
        assert page.evaluate("getComputedStyle(document.querySelector('#stijl')).position") == "static"
        expect(page.get_by_role("radio", checked=True)).to_have_count(1)  # the theme's own scripts did run


def test_without_the_policy_it_would(planted: Path, page: Page) -> None:
    for server in serving(planted):
        page.goto(f"{server.address}casussen/tweede/", wait_until="load")
        page.wait_for_function("document.documentElement.dataset.kwaad")


def test_nothing_reaches_another_host(planted: Path, page: Page, small_site: Path) -> None:
    page.add_init_script(LISTEN)
    for other in serving(small_site):
        for server in serving(planted):
            page.goto(f"{server.address}casussen/eerste/", wait_until="load")
            answer = page.evaluate(f"fetch({other.address!r}).then(() => 'sent', () => 'refused')")
            page.evaluate(f"document.body.append(Object.assign(new Image(), {{src: {other.address!r}}}))")
            page.evaluate(
                f"""() => {{
                    const form = Object.assign(document.createElement("form"), {{action: {other.address!r}}});
                    document.body.append(form);
                    form.submit();
                }}"""
            )
            page.wait_for_function("self.verboden.includes('form-action')")
            assert answer == "refused"
            assert {"connect-src", "img-src", "form-action"} <= set(page.evaluate("self.verboden"))
            assert other.asked == []
