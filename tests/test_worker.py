"""The service worker's version and what it keeps: any change of the site is another version."""

from __future__ import annotations

from generator.worker import CORE, FILE, VERSION, asset_stamps, fill_worker, loaded_by, site_version, stamp_assets

SITE = [("a/index.html", b"een"), ("b.css", b"twee"), ("pagefind/x", b"drie"), (FILE, b"vier")]


def version(*changed: tuple[str, bytes]) -> str:
    return site_version(dict([*SITE, *changed]), "pagefind")


class TestVersion:
    def test_it_is_the_same_for_the_same_site(self):
        assert site_version(dict(SITE), "pagefind") == site_version(dict(list(SITE)), "pagefind")

    def test_any_file_that_is_added_changed_or_renamed_makes_another(self):
        found = {
            site_version(dict(SITE), "pagefind"),
            site_version(dict(SITE[1:]), "pagefind"),
            site_version(dict([("a/index.html", b"een!"), *SITE[1:]]), "pagefind"),
            site_version(dict([("c/index.html", b"een"), *SITE[1:]]), "pagefind"),
            version(("z", b"")),
        }
        assert len(found) == 5

    def test_names_and_bytes_are_kept_apart(self):
        assert site_version({"a": b"bc"}, "x") != site_version({"ab": b"c"}, "x")
        assert site_version({"a": b"1", "b": b"2"}, "x") != site_version({"a": b"1b2", "": b""}, "x")

    def test_the_search_index_and_the_worker_are_left_out(self):
        other = [(name, b"anders" if name.startswith("pagefind/") or name == FILE else data) for name, data in SITE]
        assert site_version(dict(other), "pagefind") == site_version(dict(SITE), "pagefind")
        assert version(("pagefindx", b"")) != version()


class TestStamps:
    ASSETS = (("stylesheets/atlas.css", b"a"), ("javascripts/bundle.a5f9d56c.min.js", b"b"), ("images/x.svg", b"c"))

    def test_only_styles_and_scripts_without_a_hash_in_their_name_have_one(self):
        assert set(asset_stamps(self.ASSETS)) == {"assets/stylesheets/atlas.css"}

    def test_a_link_says_which_version_it_means_and_text_is_left_alone(self):
        stamps = asset_stamps(self.ASSETS)
        text = "<p>assets/stylesheets/atlas.css&#34;</p>"
        page = stamp_assets(f'<link href="../assets/stylesheets/atlas.css">{text}', stamps)
        stamp = stamps["assets/stylesheets/atlas.css"]
        assert page == f'<link href="../assets/stylesheets/atlas.css?v={stamp}">{text}'

    def test_another_content_is_another_address(self):
        assert asset_stamps([("a.css", b"1")]) != asset_stamps([("a.css", b"2")])


def test_what_a_page_loads_is_named_from_the_root():
    page = (
        '<link rel="stylesheet" href="../assets/a.css?v=12"><script src="../assets/b.js"></script>'
        '<link rel="icon" href="../assets/c.svg"><script src="../elders.js"></script><a href="../assets/d.css">x</a>'
        '<script type="module" src="../assets/b.js"></script>'
    )
    assert loaded_by(page, "offline/") == ("assets/a.css?v=12", "assets/b.js")


def test_the_worker_is_filled():
    source = f'const a = "{VERSION}"; const b = "{CORE}".split(" ");'
    assert fill_worker(source, "1234", ["a.css", "b.js"]) == 'const a = "1234"; const b = "a.css b.js".split(" ");'
