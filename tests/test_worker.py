"""The service worker's version and what it keeps: any change of the site is another version."""

from __future__ import annotations

from hashlib import sha256

from generator.worker import (
    CORE,
    FILE,
    VERSION,
    asset_stamps,
    fill_worker,
    hash_files,
    loaded_by,
    site_version,
    stamp_assets,
)

SITE = [("a/index.html", b"een"), ("b.css", b"twee"), (FILE, b"vier")]


def version(*changed: tuple[str, bytes]) -> str:
    return site_version(hash_files(dict([*SITE, *changed]), {}))


class TestVersion:
    def test_it_is_the_same_for_the_same_site(self):
        assert version() == version()

    def test_any_file_that_is_added_changed_or_renamed_makes_another(self):
        found = {
            version(),
            site_version(hash_files(dict(SITE[1:]), {})),
            version(("a/index.html", b"een!")),
            site_version(hash_files(dict([("c/index.html", b"een"), *SITE[1:]]), {})),
            version(("z", b"")),
        }
        assert len(found) == 5

    def test_names_and_bytes_are_kept_apart(self):
        def of(files: dict[str, bytes]) -> str:
            return site_version(hash_files(files, {}))

        assert of({"a": b"bc"}) != of({"ab": b"c"})
        assert of({"a": b"1", "b": b"2"}) != of({"a": b"1b2", "": b""})

    def test_the_worker_itself_is_left_out(self):
        assert version((FILE, b"anders")) == version()

    def test_a_known_hash_is_not_worked_out_and_keeps_its_place(self):
        known = {"a/index.html": "00" * 32}
        found = hash_files(dict(SITE), known)
        assert list(found) == [name for name, _ in SITE]
        assert found["a/index.html"] == "00" * 32
        assert found["b.css"] == sha256(b"twee").hexdigest()


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
