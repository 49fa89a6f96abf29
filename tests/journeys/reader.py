"""A reader who opens a page as many people would and says what gets in their way."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Container

    from playwright.sync_api import Browser, Page, Response

PHONE: Final = {"width": 390, "height": 844}
NARROW: Final = {"width": 320, "height": 640}
ZOOMED: Final = {"width": 640, "height": 450}  # a 1280 screen at 200 %
DESKTOP: Final = {"width": 1280, "height": 900}
HEAVIEST: Final = 100_000
REQUESTS: Final = 10
SCRIPTS: Final = 15_000
WCAG: Final = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
CONTRAST: Final = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
OVERFLOW: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
INLINE: Final = "document.querySelectorAll('[style], style, script:not([src]), [onclick], [onload]').length"
WITHOUT_EXTRAS: Final = (
    "document.querySelectorAll('[data-copy], [data-passkey], [data-device]').forEach(extra => extra.hidden = true)"
)


def timeless(words: str) -> str:
    """Return a page's words without the hour, which may pass between two readings."""
    return re.sub(r"\d\d:\d\d h", "", words)


@dataclass
class Reader:
    """Opens pages of one site in one browser."""

    browser: Browser
    site: str
    faults: list[str] = field(default_factory=list)

    def check_form(self, path: str) -> None:
        """Open the page of a form that anybody may fill in: as any page, but its cookie guards it."""
        self.check_page(path, cookies={"csrftoken", "messages", "sessionid"})

    def check_page(self, path: str, *, cookies: Container[str] = ()) -> None:
        """Open a page in every way the conventions name, and fail with all that is wrong with it."""
        self.faults = []
        context = self.browser.new_context(
            viewport=PHONE,
            has_touch=True,
            locale="es-MX",
            reduced_motion="reduce",  # so that no colour is measured half way
        )
        page = context.new_page()
        arrived = self.listen(page)
        page.goto(self.site + path)
        self.weigh(arrived)
        foreign = [cookie for cookie in context.cookies() if cookie["name"] not in cookies]
        self.note(f"sets cookies: {foreign}", wrong=foreign)
        self.note("has inline style or script", wrong=page.evaluate(INLINE))
        self.axe(page, "phone", WCAG)
        self.sizes(page)
        page.evaluate(WITHOUT_EXTRAS)
        words = timeless(page.inner_text("main"))
        self.paper(page)
        context.close()
        self.without_script(path, words)
        assert not self.faults, f"{path}\n" + "\n".join(self.faults)

    def note(self, fault: str, *, wrong: object) -> None:
        """Keep a fault if there is one."""
        if wrong:
            self.faults.append(fault)

    def listen(self, page: Page) -> list[Response]:
        """Keep what the page complains of, what it asks elsewhere, and every answer."""
        arrived: list[Response] = []
        page.on("console", lambda said: self.note(f"console: {said.text}", wrong=said.type == "error"))
        page.on("pageerror", lambda error: self.note(f"script: {error}", wrong=True))
        page.on("request", lambda asked: self.note(f"asks {asked.url}", wrong=not asked.url.startswith(self.site)))
        page.on("response", lambda answer: arrived.extend([answer]))
        return arrived

    def weigh(self, arrived: list[Response]) -> None:
        """Hold the first visit to its budget, as compressed bytes."""
        weights = {answer.url: len(gzip.compress(answer.body())) for answer in arrived}
        scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
        bad = [f"{answer.status} {answer.url}" for answer in arrived if not answer.ok]
        self.note(f"answers: {bad}", wrong=bad)
        self.note(f"weighs {weights}", wrong=sum(weights.values()) > HEAVIEST)
        self.note(f"makes {len(arrived)} requests", wrong=len(arrived) > REQUESTS)
        self.note(f"has {scripts} bytes of script", wrong=scripts > SCRIPTS)

    def sizes(self, page: Page) -> None:
        """Look for sideways scroll and unreadable colours at other sizes and in other colours."""
        for name, size in (("320", NARROW), ("200 %", ZOOMED), ("1280", DESKTOP)):
            page.set_viewport_size(size)
            wide = page.evaluate(OVERFLOW)
            self.note(f"scrolls sideways {wide} px at {name}", wrong=wide > 0)
        page.emulate_media(color_scheme="dark")
        self.axe(page, "desktop, dark", WCAG)
        page.emulate_media(color_scheme="light", forced_colors="active")
        self.axe(page, "forced colours", CONTRAST)
        page.emulate_media(forced_colors="none")

    def axe(self, page: Page, name: str, options: dict[str, Any]) -> None:
        """Keep every violation that axe finds, with its first place."""
        found = Axe().run(page, options=options).response["violations"]
        for each in found:
            node = each["nodes"][0]
            self.note(f"axe, {name}: {each['id']} ({len(each['nodes'])}): {node['html'][:200]}", wrong=True)

    def paper(self, page: Page) -> None:
        """Print the page and read its title there."""
        title = page.inner_text("h1")
        printed = PdfReader(BytesIO(page.pdf(format="Letter"))).pages
        text = " ".join(sheet.extract_text() for sheet in printed)
        self.note("prints without its title", wrong="".join(title.split()) not in "".join(text.split()))

    def without_script(self, path: str, words: str) -> None:
        """Read the same words with JavaScript off."""
        context = self.browser.new_context(viewport=DESKTOP, java_script_enabled=False, locale="es-MX")
        page = context.new_page()
        page.goto(self.site + path)
        self.note("says other words without JavaScript", wrong=timeless(page.inner_text("main")) != words)
        context.close()
