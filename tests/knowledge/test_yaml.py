from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.yaml import MAX_BYTES, YamlError, decode, load


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
    assert type(data["a"]) is type(value)


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
        assert error.line >= 1
