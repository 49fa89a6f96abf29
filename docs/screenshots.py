"""Take the README's pictures from a plain demo: a phone beside a desktop, two pages, and a table that is writing.

In one terminal `./tequio demo`, in another

    .tequio/venv/bin/python docs/screenshots.py [http://localhost:8000]

It needs Chromium: the one in TEQUIO_CHROMIUM or, without it, on the PATH. The pictures are written to docs/images,
each of at most 150 KB: fewer colours until it fits.
"""

from __future__ import annotations

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES: Final = Path(__file__).resolve().parent / "images"
ADDRESS: Final = "http://localhost:8000"
PHONE: Final = (390, 1150)  # CSS pixels
DESKTOP: Final = (1120, 1150)
MARGIN: Final = 32
TICK: Final = 1_500  # milliseconds
GROUND: Final = "#e9e3d9"
COLOURS: Final = (128, 64, 48, 32, 16)
HEAVIEST: Final = 150_000  # bytes
PLAN: Final = "/ejercicios/edomex-2019-2021"
ALONE: Final = {
    "compromiso": f"{PLAN}/compromisos/2/",
    "inconsistencias": f"{PLAN}/plan/inconsistencias/?tipo=contradictory",
}


def taken(browser: Browser, address: str, size: tuple[int, int]) -> Image.Image:
    """Return the top of a page in a window of that size, in CSS pixels."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="light", locale="es-MX")
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} does not answer with a page.")
    return shot(page)


def shot(page: Page) -> Image.Image:
    """Return what a window shows, once its clock has moved, and close it."""
    page.wait_for_timeout(TICK)
    picture = page.screenshot()
    page.close()
    return Image.open(BytesIO(picture)).convert("RGB")


def table(browser: Browser, address: str) -> Image.Image:
    """Return the telephone of who facilitates the demonstration's table beside the projector of its room."""
    phone = browser.new_page(viewport={"width": PHONE[0], "height": DESKTOP[1]}, locale="es-MX")
    phone.goto(f"{address}/demostracion/")
    phone.get_by_role("button", name="Entrar como facilitadora").click()
    projector = phone.get_by_role("link", name="Pantalla del proyector").get_attribute("href")
    return beside([shot(phone), taken(browser, f"{address}{projector}", DESKTOP)])


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side on a plain ground."""
    wide = sum(picture.width + MARGIN for picture in pictures) + MARGIN
    whole = Image.new("RGB", (wide, max(picture.height for picture in pictures) + 2 * MARGIN), GROUND)
    left = MARGIN
    for picture in pictures:
        whole.paste(picture, (left, MARGIN))
        left += picture.width + MARGIN
    return whole


def write(picture: Image.Image, name: str) -> None:
    """Save a picture as PNG with as many colours as its weight allows."""
    for colours in COLOURS:
        file = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if file.tell() <= HEAVIEST:
            (IMAGES / f"{name}.png").write_bytes(file.getvalue())
            sys.stdout.write(f"{name}.png {picture.width} by {picture.height}, {file.tell() // 1000} KB\n")
            return
    raise SystemExit(f"{name}.png weighs more than {HEAVIEST // 1000} KB even with {COLOURS[-1]} colours.")


def main(address: str) -> None:
    """Take every picture."""
    program = os.environ.get("TEQUIO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        board = f"{address}/tablero/"
        write(beside([taken(browser, board, PHONE), taken(browser, board, DESKTOP)]), "tablero")
        for name, path in ALONE.items():
            write(beside([taken(browser, f"{address}{path}", DESKTOP)]), name)
        write(table(browser, address), "mesa")
        browser.close()


if __name__ == "__main__":
    main((sys.argv[1:] or [ADDRESS])[0].rstrip("/"))
