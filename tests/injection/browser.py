"""Pages opened in Chromium, with a witness of whatever runs, loads or is reported there."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
_POLICY = "default-src 'self'; script-src 'self' 'report-sample'; style-src 'self' 'report-sample'"
"""Nothing inline and nothing from elsewhere. It only reports: what would be blocked has to show that it runs."""
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
_VISITS = """
const [paths, waits, done] = arguments;
const until = async (page) => {
  for (let turn = 0; waits && turn < 600 && !page.querySelector(waits); turn += 1) await new Promise(requestAnimationFrame);
};
const seen = [];
const queue = [...paths];
const work = async () => { while (queue.length) { const path = queue.shift(); seen.push([path, await visit(path, until)]); } };
Promise.all([work(), work(), work(), work()]).then(() => done(seen));
"""
_READS = """
const [paths, done] = arguments;
Promise.all(paths.map(async (path) => [path, await read(path)])).then(done);
"""


def missing() -> str:
    """Name what of the browser this machine does not have; empty when it has all."""
    names = (" or ".join(found) for found in (_CHROMIUM, _DRIVER) if not any(map(shutil.which, found)))
    return ", ".join(names)


_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_DRIVER = ("chromedriver",)


@dataclass
class Seen:
    """What became of some pages."""

    pages: int = 0
    shapes: dict[str, str] = field(default_factory=dict)
    """Element, or element and attribute, to a page that has it."""
    addresses: list[str] = field(default_factory=list)
    """Of scripts, pictures and the like that are none of ours, and links that open no page."""
    words: set[str] = field(default_factory=set)
    """Words of payloads that a reader sees, sources aside."""
    events: set[tuple[str, str]] = field(default_factory=set)
    """What ran, and what the policy reported: kind and detail."""
    requests: set[str] = field(default_factory=set)
    """Addresses that were asked for on other hosts."""

    def add(self, answers: Sequence[tuple[str, dict[str, list[str]]]]) -> None:
        for path, found in answers:
            self.pages += 1
            self.addresses += [f"{path}: {address}" for address in found["addresses"]]
            self.words.update(found["words"])
            for shape in found["shapes"]:
                self.shapes.setdefault(shape, path)


@dataclass
class Browser:
    """A running Chromium, on a server of one folder."""

    driver: Any
    origin: str

    def visit(self, paths: Sequence[str], waits: str = "") -> Seen:
        """Open pages.

        :param waits: a selector of what a script of the page adds when it is done.
        """
        return self._run(_VISITS, list(paths), waits)

    def read(self, paths: Sequence[str]) -> Seen:
        """Parse pages, running nothing."""
        return self._run(_READS, list(paths))

    def _run(self, script: str, *arguments: object) -> Seen:
        self.driver.get(f"{self.origin}/probe")
        self.driver.get_log("performance")  # what came before
        seen = Seen()
        seen.add(self.driver.execute_async_script(script, *arguments))
        seen.events = {(kind, detail) for _, kind, detail in self.driver.execute_script("return probed")}
        seen.requests = {address for address in self._requests() if not address.startswith(self.origin)}
        return seen

    def _requests(self) -> Iterator[str]:
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}:
                params = message["params"]
                yield params.get("url") or params["request"]["url"]


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".xhtml": "application/xhtml+xml"}

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy-Report-Only", _POLICY)
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def do_GET(self) -> None:
        if self.path == "/probe":  # the page that the others are opened in
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE html><body></body>")
            return
        super().do_GET()

    def log_message(self, *_arguments: object) -> None:
        """Be quiet."""


@contextmanager
def open_browser(folder: Path, profile: Path) -> Iterator[Browser]:
    """Serve a folder and open Chromium, until the block is left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    options = ChromeOptions()
    for option in (*_OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.binary_location = next(filter(None, map(shutil.which, _CHROMIUM)))
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(shutil.which(_DRIVER[0])))
    try:
        driver.set_script_timeout(600)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _PROBE})
        yield Browser(driver, f"http://127.0.0.1:{server.server_port}")
    finally:
        driver.quit()
        server.shutdown()
        thread.join()
        server.server_close()
