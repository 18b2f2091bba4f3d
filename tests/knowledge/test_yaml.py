from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.plain import object_in
from bot.knowledge.yaml import MAX_BYTES, MAX_DEPTH, YamlError, decode, load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: NO", "NO"),
        ("a: yes", "yes"),
        ("a: off", "off"),
        ("a: 12:30", "12:30"),
        ("a: 2022-02-24", "2022-02-24"),
        ("a: 0123", "0123"),
        ("a: 1_000", "1_000"),
        ("a: 12", 12),
        ("a: -1.5", -1.5),
        ("a: true", True),
        ("a: ~", None),
        ("a:", None),
        ("a: '12'", "12"),
        ("a: 0x1F", "0x1F"),
    ],
)
def test_scalars_are_read_as_yaml_1_2_core_reads_them(text: str, value: object) -> None:
    data, _ = load(text)
    assert data == {"a": value}
    assert type(object_in(data)["a"]) is type(value)


def test_keys_are_always_text() -> None:
    assert load("on: 1\nNO: 2\n3: 4")[0] == {"on": 1, "NO": 2, "3": 4}


def test_a_second_key_is_an_error_that_names_both_lines() -> None:
    with pytest.raises(YamlError) as caught:
        load("a: 1\nb: 2\na: 3")
    assert caught.value.line == 3
    assert "line 1" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: !!python/object:os.system x",
        "!tag a",
        "[" * 500,
        "- " * 400 + "a",
        "a: [1",
        "\ta: 1",
        "a: \x00",
        "",
        "&a [*a]",
        "? [a]\n: b",
        "{[a]: b}",
        "--- a\n--- b",
        "a: b: c",
        "<<: {a: 1}\nb: *c",
    ],
)
def test_hostile_text_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(YamlError) as caught:
        load(text)
    assert caught.value.line >= 1


def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    lines = ["a0: &a0 [x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)
    ]
    with pytest.raises(YamlError, match="anchors"):
        load("\n".join(lines))


def test_bytes_are_bounded_and_utf_8() -> None:
    with pytest.raises(YamlError, match="bytes"):
        decode(b"a" * (MAX_BYTES + 1))
    with pytest.raises(YamlError, match="UTF-8") as caught:
        decode(b"a: 1\nb: \xff\xfe")
    assert caught.value.line == 2
    assert decode(b"\xef\xbb\xbfa: 1") == "a: 1"


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        load(text)
    except YamlError as error:
        assert error.line >= 1  # noqa: PT017 - it need not be raised


@pytest.mark.parametrize("hostile", [True, False])
@pytest.mark.parametrize("depth", [21, 100, 499, 501, 999, 1001, 5000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_refused_in_our_own_words_whatever_the_parser_says(
    opening: str, depth: int, *, hostile: bool
) -> None:
    with pytest.raises(YamlError, match=f"more than {MAX_DEPTH} levels") as caught:
        load("a: 1\nb:\n  " + opening * depth, hostile=hostile)
    assert caught.value.line == 3


def test_a_depth_that_is_read_is_the_same_for_strangers_and_for_us() -> None:
    text = "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH
    assert load(text, hostile=True)[0] == load(text)[0]
    with pytest.raises(YamlError, match="levels"):
        load(f"[{text}]")


def test_brackets_within_text_are_no_depth() -> None:
    assert load('a: "' + "[" * 3000 + '"', hostile=True)[0] == {"a": "[" * 3000}
    with pytest.raises(YamlError, match="not YAML"):
        load('a: "' + "[" * 3000, hostile=True)


@pytest.mark.parametrize("number", ["9" * 16, "-" + "9" * 5000, "1." + "1" * 99])
def test_a_number_is_bounded_at_its_line(number: str) -> None:
    with pytest.raises(YamlError, match="characters") as caught:
        load(f"a: 1\nb: {number}")
    assert caught.value.line == 2
    assert load(f"a: '{number}'")[0] == {"a": number}
    assert load(f"a: x{number}")[0] == {"a": f"x{number}"}


def test_a_number_is_finite() -> None:
    with pytest.raises(YamlError, match="too large"):
        load("a: 1e999")
    assert load("a: 1e-9")[0] == {"a": 1e-9}


def test_lines_count_from_the_files_beginning() -> None:
    _, lines = load("a: 1\nb: [x,\n  y]", before=10)
    assert lines.of(("b", 1)) == 13
    assert lines.of(("b", 7)) == lines.of(("b",)) == 12
    with pytest.raises(YamlError) as caught:
        load("a: 1\na: 2", before=10)
    assert caught.value.line == 12
