"""What is left to read of data of which most was read before: all that is new, and nothing is passed over."""

from __future__ import annotations

import csv
import random

import pytest

from generator.exports.layout import render_json
from generator.privacy.data import texts_of_json, texts_of_table, unread_json, unread_table

NAME = "Merel Terpstra belde."


def items(count: int = 6) -> list[dict[str, object]]:
    return [{"id": f"casus-{n}", "tekst": f"Verhaal {n}.\n  {{\n", "lijst": [{"a": f"x{n}"}, []]} for n in range(count)]


def a_file(rows: list[dict[str, object]], **head: object) -> bytes:
    return render_json({"hoofd": "Inleiding.", **head, "casussen": rows}).encode()


def texts(data: bytes) -> set[str]:
    return set(texts_of_json([data]))


class TestJson:
    def test_of_the_same_file_only_its_frame_is_left(self):
        data = a_file(items())
        assert texts(unread_json(data, data)) == {"hoofd", "Inleiding.", "casussen"}

    def test_an_item_that_changed_moved_or_came_is_read_if_it_is_new(self):
        old, rows = a_file(items()), items()
        rows[2] |= {"tekst": NAME}
        rows = [*rows[3:], rows[2], {"nieuw": "Nog een."}, rows[0]]
        left = texts(unread_json(a_file(rows), old))
        assert {NAME, "Nog een.", "nieuw"} <= left
        assert "Verhaal 4.\n  {\n" not in left

    @pytest.mark.parametrize(
        ("place", "planted"),
        [(b'"Inleiding', b'"Merel belde. Inleiding'), (b',\n "casussen"', b',\n "Merel": "",\n "casussen"')],
    )
    def test_what_stands_between_items_is_always_read(self, place, planted):
        old = a_file(items())
        assert any("Merel" in text for text in texts(unread_json(old.replace(place, planted), old)))

    @pytest.mark.parametrize("border", [b"\n  {\n", b"\n  }"])
    def test_what_is_planted_at_a_border_is_read_or_is_no_data(self, border):
        old = a_file(items())
        for place in range(3):
            parts = old.split(border)
            parts[place] += b', "Merel Terpstra belde."'
            left = unread_json(border.join(parts), old)
            assert b"Merel" in left

    def test_what_is_no_data_stays_no_data(self):
        old = a_file(items())
        for broken in (old[:-3], old.replace(b"Verhaal 3.", b'Verhaal "3.'), old.replace(b'"hoofd":', b'"hoofd"')):
            with pytest.raises(ValueError):  # noqa: PT011 - whatever the parser says
                texts_of_json([unread_json(broken, old)])

    def test_a_value_that_looks_taken_out_is_no_border(self):
        data = b'{"a":\nnull, "b": [\n  {\n   "c": "d"\n  }]}'
        assert unread_json(data, data) == data

    def test_a_file_without_items_leaves_the_texts_that_are_new(self):
        old = b'{"a":"een","b":["twee",{"c":"drie"}]}'
        assert texts(unread_json(b'{"a":"een","b":["twee",{"c":"vier \\ud800"}]}', old)) == {"vier \ud800"}
        assert unread_json(b'{"a":', old) == b'{"a":'
        assert unread_json(old, b'{"a":') == old

    def test_whatever_changes_every_text_was_read_then_or_is_now(self):
        chance, old = random.Random(3), a_file(items())
        for _ in range(300):
            data = bytearray(old)
            for _ in range(chance.randrange(1, 4)):
                start = chance.randrange(len(data))
                data[start : start + chance.randrange(6)] = chance.choice([b"", b"\n  {\n", b"\n  }", b'"', b"Merel"])
            try:
                whole = texts(bytes(data))
            except ValueError:
                continue
            assert whole <= texts(old) | texts(unread_json(bytes(data), old))


class TestTable:
    ROWS = (b"id,tekst", b'een,"Een, ""twee"" en\r\ndrie | vier"', b"twee,Gewoon.", b'drie,"\r\n"', b"vier,")

    def table(self, *rows: bytes) -> bytes:
        return b"".join(row + b"\r\n" for row in rows)

    def test_rows_that_were_read_are_left_out(self):
        old = self.table(*self.ROWS)
        assert unread_table(old, old) == b""
        new = self.table(self.ROWS[0], b"nul,Merel Terpstra belde.", *self.ROWS[1:])
        assert unread_table(new, old) == b"nul,Merel Terpstra belde.\r\n"

    def test_a_row_with_a_line_end_in_a_cell_is_one_row(self):
        old = self.table(*self.ROWS)
        new = old.replace(b"drie | vier", b"drie | Merel Terpstra")
        assert unread_table(new, old) == self.table(self.ROWS[1].replace(b"vier", b"Merel Terpstra"))

    @pytest.mark.parametrize("row", [b'a"b,c', b'"a"b,c', b'"a', b"a\nb", b'een,tw"ee'])
    def test_of_a_table_that_is_not_written_as_ours_all_is_read(self, row):
        good, odd = self.table(*self.ROWS), self.table(*self.ROWS, row)
        assert unread_table(odd, good) == odd
        assert unread_table(good, odd) == good
        assert unread_table(good[:-2], good) == good[:-2]

    def test_whatever_changes_every_cell_was_read_then_or_is_now(self):
        chance, old = random.Random(4), self.table(*self.ROWS)
        for _ in range(400):
            data = bytearray(old)
            for _ in range(chance.randrange(1, 4)):
                start = chance.randrange(len(data))
                data[start : start + chance.randrange(4)] = chance.choice([b"", b'"', b"\r\n", b",", b"Merel"])
            new = bytes(data)
            try:
                whole = set(texts_of_table(new))
            except (ValueError, csv.Error):
                continue
            assert whole <= set(texts_of_table(old)) | set(texts_of_table(unread_table(new, old)))
