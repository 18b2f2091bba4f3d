"""An address that is shown leads to a public page, under a name that hides nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.addresses import linked, shown_host, web_address, without_invites


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a(b)?c=[d]#e",
        "http://8.8.8.8/",
        "https://[2606:4700::1111]/x",
        "https://müller.example/ä",
        "https://xn--mller-kva.example/",
        "https://discord.com/blog/invite",
        "https://notdiscord.gg/x",
        "https://example.org/discord.gg/x",
        "https://example.org:8443/",
    ],
)
def test_a_public_page_may_be_shown(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "https://",
        "https:///x",
        "https://example.org:99999/",
        "https://user@example.org/",
        "https://good.example\\@evil.example/",
        "https://a..b/",
        "https://-a.example/",
        "https://xn--a.example/",
        "https://exam ple.org/",
        'https://example.org/"x',
        "https://example.org/`x`",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        web_address(url)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "printer.local",
        "x.internal",
        "router.home.arpa",
        "127.0.0.1",
        "127.1",
        "0x7f.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "1２7.0.0.1",
        "127。0。0。1",
        "127%2e0%2e0%2e1",
        "127%252e0.0.1",
        "127.0.0.1.",
        "2130706433",
        "[::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fc00::1]",
        "[::ffff:10.0.0.1]",
        "[::10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
    ],
)
def test_a_host_in_somebodys_own_network_is_refused(host: str) -> None:
    for url in (f"http://{host}/", f"https://{host.upper()}:80/x"):
        with pytest.raises(ValueError, match=r"everybody|in full"):
            web_address(url)


INVITES = (
    "discord.gg/x",
    "dsc.gg/x",
    "discord.com/invite/x",
    "discordapp.com/invite/x",
    "ptb.discord.com/invite/x",
)


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.title,
    lambda text: text.replace("/", "//"),
    lambda text: text.replace("/", "/a/../", 1),
    lambda text: text.replace("/", "./", 1),
    lambda text: text.replace("v", "%76").replace("i", "%69"),
    lambda text: text.replace("v", "%2576"),
    lambda text: text.replace("d", "ｄ", 1),
    lambda text: text.replace(".", "。", 1),
    lambda text: text.replace(".", "%E3%80%82", 1),
)


@pytest.mark.parametrize("invite", INVITES)
@pytest.mark.parametrize("spelt", SPELLINGS)
def test_no_spelling_of_an_invite_is_a_source(
    invite: str, spelt: Callable[[str], str]
) -> None:
    with pytest.raises(ValueError, match="invite"):
        web_address(f"https://{spelt(invite)}")


@pytest.mark.parametrize(
    "sign", "\u200b\u200c\u200d\u200e\u200f\u202e\u2066\u2060\ufeff\u00ad\x00\u2028"
)
@pytest.mark.parametrize("url", ["https://exa{}mple.org/", "https://example.org/a{}b"])
def test_nothing_in_an_address_is_invisible(sign: str, url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        web_address(url.format(sign))


def test_an_invisible_sign_in_a_host_is_found_behind_percent_signs() -> None:
    with pytest.raises(ValueError, match="invisible"):
        web_address("https://exa%E2%80%8Bmple.org/")


def test_other_letters_stand_beside_their_punycode() -> None:
    cyrillic = "https://www.аpple.com/x"
    assert shown_host(cyrillic) == "аpple.com (xn--pple-43d.com)"
    assert shown_host("https://xn--pple-43d.com/") == shown_host("https://аpple.com/")
    assert shown_host("https://WWW.Example.org/x") == "example.org"
    assert linked(cyrillic) == "https://www.xn--pple-43d.com/x"


def test_a_link_ends_nowhere_early() -> None:
    assert (
        linked("https://example.org/a(b)[c]<d>ä b?e=(f)#g)h")
        == "https://example.org/a%28b%29%5Bc%5D%3Cd%3E%C3%A4%20b?e=%28f%29#g%29h"
    )


@pytest.mark.parametrize("invite", INVITES)
def test_an_invite_in_a_text_takes_no_effect_and_loses_no_letter(invite: str) -> None:
    for text in (invite, invite.upper(), invite.title(), invite.replace(".", "%2E")):
        said = without_invites(f"Come: {text}!")
        assert said != f"Come: {text}!"
        assert said.replace("\u200b", "") == f"Come: {text}!"
    assert without_invites("discord.com/blog") == "discord.com/blog"


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        shown_host(url)
        linked(url)
        try:
            web_address(url)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - it need not be raised


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://straße.example.org/", "xn--strae-oqa.example.org"),
        ("https://STRAẞE.example.org/", "xn--strae-oqa.example.org"),
        ("https://οδός.example.org/", "xn--pxavk3b.example.org"),
    ],
)
def test_a_link_leads_to_the_host_that_a_browser_goes_to(url: str, host: str) -> None:
    assert linked(web_address(url)) == f"https://{host}/"


@pytest.mark.parametrize("host", ["[::ffff:0:7f00:1]", "[64:ff9b:1::7f00:1]"])
def test_an_address_that_is_translated_is_nobodys_page(host: str) -> None:
    with pytest.raises(ValueError, match="everybody"):
        web_address(f"https://{host}/")
