"""Web addresses that may be shown: which are refused, and how a host and an invite are
written so that they deceive nobody.

The rule stands here alone: what is read into the base or typed by a server is checked
by ``web_address``, and what is shown goes through ``shown_host``, ``linked`` and
``without_invites``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from posixpath import normpath
from urllib.parse import SplitResult, quote, unquote, urlsplit

_HOST = 253
"""Characters of a host's name (RFC 1035, 2.3.4)."""
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z", re.ASCII)
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z", re.ASCII)
"""A last label that makes browsers read a host as a number, as https://127.1 is
(WHATWG URL, 3.5, "ends in a number").
"""
_NEVER = frozenset('<>"\\^`{|}')
_PRIVATE_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "onion")
"""Names that lead into somebody's own network (RFC 6761, 6762, 8375), or need another
program than a browser.
"""
_CARRYING = (
    IPv6Network("::/96"),
    IPv6Network("::ffff:0:0:0/96"),
    IPv6Network("64:ff9b::/96"),
)
_TRANSLATED = IPv6Network("64:ff9b:1::/48")
"""Translated within one network alone (RFC 8215); older Pythons call it global."""
_INVITES = ("discord.gg", "dsc.gg", "invite.gg", "discord.link", "discord.me")
"""Hosts on which every page is an invite."""
_DISCORD = ("discord.com", "discordapp.com")
_INVITE_IN_TEXT = re.compile(
    r"(discord(?:app)?|dsc|invite)((?:\.|%2e)"
    r"(?:gg|link|me|(?:com(?:[/\\]|%2f|%5c)+invite)))",
    re.IGNORECASE,
)
_DECODINGS = 3
"""How often percent signs that hide percent signs are read."""


@dataclass(frozen=True, slots=True)
class _Host:
    ascii: str
    """As the network knows it, in small letters: punycode where it has other letters.
    """
    letters: str
    """As people read it."""


def _decoded(text: str) -> str:
    for _ in range(_DECODINGS):
        text = unquote(text)
    return text


def _idna(host: str) -> _Host:
    """An internationalised name in both spellings; ValueError if it is none."""
    import idna

    try:
        encoded = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
        return _Host(encoded.casefold(), idna.decode(encoded))
    except UnicodeError:
        msg = "the host of a web address is no valid name"
        raise ValueError(msg) from None


def _host_of(parts: SplitResult) -> _Host:
    """The host of an address; ValueError for one that is missing or misspelt."""
    try:
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        msg = "a web address begins with https:// or http:// and names a host"
        raise ValueError(msg)
    host = unicodedata.normalize("NFC", _decoded(host)).removesuffix(".")
    if host.isascii():
        # UTS 46 knows of other letters which are small ones: ß is not ss in a name.
        host = host.lower()
    if ":" in host:
        return _Host(host, host)
    named = _Host(host, host)
    if not host.isascii() or "xn--" in host:
        named = _idna(host)
    labels = named.ascii.split(".")
    if len(named.ascii) > _HOST or not all(map(_LABEL.match, labels)):
        msg = "the host of a web address is no valid name"
        raise ValueError(msg)
    return named


def _within(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in names)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address carries (RFC 4291 2.5.5, 6052, 3056,
    2765 2.1).
    """
    if any(address in network for network in _CARRYING):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one machine's that everybody may reach."""
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return False
        address = _carried(address) or address
    return address.is_global and not address.is_multicast


def _refuse_private(host: str) -> None:
    """ValueError for a host that is not everybody's."""
    number = ":" in host or _NUMBER.match(host.rsplit(".", 1)[-1])
    if not number:
        if "." not in host or _within(host, _PRIVATE_NAMES):
            msg = "a web address leads to a page that everybody can open"
            raise ValueError(msg)
        return
    try:
        address: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        msg = "a number as a host is written in full, as 192.0.2.1 is"
        raise ValueError(msg) from None
    if not is_public(address):
        msg = "a web address leads to a page that everybody can open"
        raise ValueError(msg)


def _is_invite(host: str, path: str) -> bool:
    if _within(host, _INVITES):
        return True
    there = normpath("/" + _decoded(path).replace("\\", "/").lstrip("/")).casefold()
    return _within(host, _DISCORD) and there.startswith("/invite")


def web_address(value: str) -> str:
    """The address itself if it may be shown: http or https, a public host, nothing in
    it that hides or deceives, and no invite to a server.

    Raises ValueError, whose words say what an address must be.
    """
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in {"http", "https"}:
        msg = "a web address begins with https:// or http:// and names a host"
        raise ValueError(msg)
    if "@" in parts.netloc or not _NEVER.isdisjoint(value):
        msg = "a web address has no user name, blanks, quotes or angle brackets"
        raise ValueError(msg)
    seen = value + _decoded(parts.netloc)
    # Python calls printable what is neither of a category C nor Z, and the blank.
    if " " in seen or not seen.isprintable():
        msg = "a web address has no blanks and no invisible characters"
        raise ValueError(msg)
    host = _host_of(parts)
    _refuse_private(host.ascii)
    if _is_invite(host.ascii, parts.path):
        msg = "an invite to a server is no source"
        raise ValueError(msg)
    return value


def shown_host(url: str) -> str:
    """An address's host as a reader sees it, without ``www.``: an internationalised
    name with its punycode beside its letters, so that no letter passes for another.

    Empty for what is no web address.
    """
    try:
        host = _host_of(urlsplit(url))
    except ValueError:
        return ""
    plain = host.ascii.removeprefix("www.")
    if host.letters == host.ascii:
        return plain
    return f"{host.letters.removeprefix('www.')} ({plain})"


def linked(url: str) -> str:
    """An address as a link's target: its host in punycode, and every character outside
    ASCII, blank and bracket percent-encoded, so that nothing ends the link early.

    Empty for what is no web address.
    """
    try:
        parts = urlsplit(url)
        host = _host_of(parts).ascii
    except ValueError:
        return ""
    place = f"[{host}]" if ":" in host else host
    place += f":{parts.port}" if parts.port is not None else ""
    safe = "/%:@!$&'*+,;=~-._?"
    tail = quote(parts.path, safe)
    tail += f"?{quote(parts.query, safe)}" if parts.query else ""
    tail += f"#{quote(parts.fragment, safe)}" if parts.fragment else ""
    return f"{parts.scheme}://{place}{tail}"


def without_invites(text: str) -> str:
    """A text in which no spelling of an invite takes effect: an invisible blank stands
    in the host's name. The rest stays letter for letter.
    """
    return _INVITE_IN_TEXT.sub("\\1\u200b\\2", text)
