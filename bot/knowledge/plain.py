"""Plain data as YAML and JSON have it, for what is read before it is understood."""

from __future__ import annotations

from typing import Any

PlainObject = dict[str, Any]
"""An object as it was read or is to be sent: names to plain values of any kind."""
