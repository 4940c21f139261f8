"""Authorities that are language servers: their outline of a file."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.protocol import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def outlines(
    command: Sequence[str], language: str, files: Sequence[Path]
) -> Iterator[tuple[Path, list[dict[str, Any]] | str]]:
    """The document symbols of each file, or what the server says instead."""
    with tempfile.TemporaryDirectory() as root:
        server = _Server(command, Path(root))
        for path in files:
            yield path, server.outline(path, language)
        server.stop()


class _Server:
    def __init__(self, command: Sequence[str], root: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._last = 0
        symbols = {"hierarchicalDocumentSymbolSupport": True}
        capabilities = {"textDocument": {"documentSymbol": symbols}}
        self._ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities})
        self._tell("initialized", {})

    def outline(self, path: Path, language: str) -> list[dict[str, Any]] | str:
        document = {"uri": path.as_uri()}
        text = path.read_text("utf-8", errors="replace")
        self._tell(
            "textDocument/didOpen",
            {"textDocument": {**document, "languageId": language, "version": 1, "text": text}},
        )
        answer = self._ask("textDocument/documentSymbol", {"textDocument": document})
        self._tell("textDocument/didClose", {"textDocument": document})
        return str(answer["error"]["message"]) if "error" in answer else list(answer["result"] or ())

    def stop(self) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait()

    def _ask(self, method: str, params: Any) -> dict[str, Any]:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" not in message and message.get("id") == self._last:
                return message
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        stream.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        size = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        body = stream.read(size)
        if not body:
            raise Unavailable(f"{self._process.args!r} ended before it answered.")
        return dict(json.loads(body))
