"""What a hostile person writes into addresses, as it goes over the wire: percent-encoded."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

LONG: Final = "a" * 10_000
READABLE: Final = {
    "empty": "",
    "space": " ",
    "dots": "../../etc/passwd",
    "backslash dots": "..\\..\\secret",
    "double slash": "//evil.example",
    "backslash host": "/\\evil.example",
    "address": "https://evil.example/",
    "javascript": "javascript:alert(1)",
    "tag": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "template": "{{ request.META }}{% debug %}",
    "format": "%s%n%(x)s{0.__class__}",
    "percents": "%25%2e%2e",
    "wildcards": "%_[^]*?",
    "regular expression": "(a+)+$",
    "quote": "' OR '1'='1' --",
    "union": '1"; DROP TABLE x; --',
    "full text": 'a" OR NEAR(* ^b) AND -NOT "',
    "integer": "1" + "0" * 30,
    "digits past what Python converts": "9" * 5_000,
    "64 bits": str(2**63),
    "32 bits": str(2**31),
    "negative": "-1",
    "zero": "0",
    "float": "1.5",
    "exponent": "1e999",
    "not a number": "NaN",
    "other digits": "٣",
    "superscript": "²",
    "right to left": "\u202etxt\u2066\u200f",
    "astral": "\U0001f4a9",
    "combining": "a" + "\u0301" * 60,
    "byte order mark": "\ufeff",
    "not a character": "\uffff",
    "line separators": "\u2028\u2029",
    "next line": "\x85",
    "underscore": "__class__",
    "long": LONG,
}
CONTROLS: Final = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "line": "a%0d%0aSet-Cookie:%20x=1",
    "escape": "%1b",
    "DEL": "%7f",
}
RAW: Final = {
    "not UTF-8": "%ff",
    "cut UTF-8": "%c3",
    "surrogate": "%ed%a0%80",
    "overlong": "%c0%af",
    "not hexadecimal": "%zz",
    "half": "%",
    "encoded slash": "%2f",
    "twice": "%252e%252e%252f",
}
VALUES: Final = {name: quote(text, safe="") for name, text in READABLE.items()} | CONTROLS | RAW
"""By name, each ready to stand between two slashes or after an equals sign."""

QUERIES: Final = (
    "a[]=1&a[]=2",
    "a[b][c]=1",
    "=",
    "&&&",
    "=x",
    "?",
    "%00=1",
    "a=%00",
    "%ff=%fe",
    "%0d%0a=1",
    "next=//evil.example",
    "&".join(f"p{number}=1" for number in range(1_001)),
    "a=" + LONG,
)
"""Queries that name nothing."""
