"""The HTML file in a real Chromium, driven over its debugging pipe: no network, no extra package."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from granskning_ai.export.html import HtmlMatrix
from granskning_ai.model import Matrix

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
KEYS = {
    "ArrowRight": 39,
    "ArrowLeft": 37,
    "ArrowDown": 40,
    "ArrowUp": 38,
    "Enter": 13,
    "Escape": 27,
    "Tab": 9,
    "End": 35,
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium är inte installerat.")


class Browser:
    """One page in a headless Chromium."""

    def __init__(self, profile: Path) -> None:
        ours, theirs = os.pipe(), os.pipe()
        # The browser reads its file descriptor 3 and writes to 4; ours are moved out of the way of those numbers.
        read, write = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (ours[0], theirs[1]))
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        actions: list[tuple[Any, ...]] = [(os.POSIX_SPAWN_DUP2, read, 3), (os.POSIX_SPAWN_DUP2, write, 4)]
        actions += [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
        self.pid = os.posix_spawn(str(CHROMIUM), [str(CHROMIUM), *flags], os.environ, file_actions=actions)
        for fd in (ours[0], theirs[1], read, write):
            os.close(fd)
        self._to, self._from = os.fdopen(ours[1], "wb"), os.fdopen(theirs[0], "rb")
        self._number = 0
        self._buffer = b""
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = ""
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if getattr(self, "_session", ""):
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while (reply := self._next()).get("id") != self._number:
            pass
        assert "error" not in reply, reply
        result: dict[str, Any] = reply["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert select.select([self._from], [], [], 60)[0], "Chromium svarar inte."
            data = os.read(self._from.fileno(), 65536)
            assert data, "Chromium stängde röret."
            self._buffer += data
        line, self._buffer = self._buffer.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message

    def open(self, path: Path) -> None:
        self.call("Page.navigate", url=path.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def js(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page answers
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key: str) -> None:
        code = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", text="\r" if key == "Enter" else "", **code)
        self.call("Input.dispatchKeyEvent", type="keyUp", **code)

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._to.close()
        self._from.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profil"))
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser, matrix: Matrix, tmp_path: Path) -> Browser:
    HtmlMatrix().write(matrix, tmp_path / "matris.html")
    browser.requests.clear()
    browser.open(tmp_path / "matris.html")
    return browser


def test_by_keyboard_a_cell_opens_its_quote_and_escape_leads_back(page: Browser, matrix: Matrix) -> None:
    row = next(index for index, row in enumerate(matrix.rows) if row.municipality == "Björkdala")
    page.js("document.querySelector('.matris .ruta').focus()")
    for _ in range(row):
        page.press("ArrowDown")
    page.press("ArrowRight")
    assert page.js("document.activeElement.dataset.belagg") == f"b{row}-1"
    assert not page.js("document.getElementById('panel').open")

    page.press("Enter")
    assert page.js("document.getElementById('panel').open")
    shown = page.js("document.getElementById('panel').innerText")
    for statement in matrix.rows[row].cells[1].statements:
        for evidence in statement.evidence:
            assert evidence.quote in shown
            assert f"s. {evidence.page}" in shown
    assert page.js("document.getElementById('panel').contains(document.activeElement)")
    assert page.js("document.querySelectorAll('#panel script, #panel img').length") == 0

    page.press("Escape")
    assert not page.js("document.getElementById('panel').open")
    assert page.js("document.activeElement.dataset.belagg") == f"b{row}-1"


def test_an_empty_cell_says_what_was_searched(page: Browser, matrix: Matrix) -> None:
    row = next(index for index, row in enumerate(matrix.rows) if row.municipality == "Vassmo")
    page.js(f"document.querySelector('[data-belagg=b{row}-0]').click()")
    assert "Lagen började gälla 2023-07-01" in page.js("document.getElementById('panel-innehall').innerText")


def test_the_filters_hide_rows_and_say_how_many_are_left(page: Browser, matrix: Matrix) -> None:
    visible = "[...document.querySelectorAll('.matris')].map(t => [...t.tBodies[0].rows].filter(r => !r.hidden).length)"
    set_value = "(c => {{ c.value = {1!r}; c.dispatchEvent(new Event('input')) }})(document.getElementById({0!r}))"
    page.js(set_value.format("f-kommun", "björk"))
    assert page.js(visible) == [1, 1]
    assert page.js("document.getElementById('antal').textContent") == f"1 av {len(matrix.rows)} rader visas."
    page.js(set_value.format("f-kommun", ""))
    page.js(set_value.format("f-varde", "failed"))
    failed = sum(any(cell.value == "failed" for cell in row.cells) for row in matrix.rows)
    assert page.js(visible) == [failed, failed]
    # The keyboard must still have a way in where the first row is hidden.
    assert page.js("document.querySelectorAll('tr:not([hidden]) .ruta[tabindex=\"0\"]').length") == 2


def test_nothing_is_fetched_and_nothing_of_a_document_runs(page: Browser) -> None:
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.js("document.querySelectorAll('script').length") == 1
    assert page.js("document.querySelectorAll('img, iframe, link, object').length") == 0
    blocked = (
        "new Promise(done => {const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s); setTimeout(() => done(window.ran === undefined), 50)})"
    )
    assert page.js(blocked)


def test_nothing_is_wider_than_a_narrow_screen(page: Browser) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=320, height=700, deviceScaleFactor=1, mobile=True)
    try:
        assert page.js("document.documentElement.scrollWidth") <= 320
        page.js("document.querySelector('.ruta').click()")
        assert page.js("document.getElementById('panel').getBoundingClientRect().width") <= 320
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")
