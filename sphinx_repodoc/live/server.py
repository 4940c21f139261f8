"""Serves the pages, watches the files and reloads the browser, with the parts of sphinx-autobuild."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
import watchfiles
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from sphinx_autobuild.utils import find_free_port, open_browser
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sphinx_repodoc.live.warm import WarmBuilder

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.types import Scope

_SHOWN = 3
"""Names of changed files that are printed."""


class _Watcher(RebuildServer):  # type: ignore[misc]
    """Builds in a thread of this process, and reloads as soon as the pages are there."""

    def __init__(self, folders: Sequence[Path], outputs: Sequence[Path], builder: WarmBuilder) -> None:
        super().__init__([*folders], lambda _path: False, builder.build)
        self._builder = builder
        ignored = [str(output.resolve()) for output in outputs]
        self._filter = watchfiles.DefaultFilter(ignore_paths=ignored)

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()

        def reload() -> None:
            loop.call_soon_threadsafe(self.flag.set)

        async for changes in watchfiles.awatch(*self.paths, watch_filter=self._filter):
            changed = sorted({path for _, path in changes})
            await asyncio.to_thread(self._build, changed, reload)

    def _build(self, changed: Sequence[str], reload: Callable[[], None]) -> None:
        names = ", ".join(Path(path).name for path in changed[:_SHOWN])
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        _say(f"changed: {names}{more}")
        started = time.monotonic()
        pages = False

        def written() -> None:
            nonlocal pages
            pages = True
            _say(f"the pages are there after {time.monotonic() - started:.1f} s")
            reload()

        status = self._builder.build(changed, written)
        if self._builder.closed:
            return
        if status:
            _say("the build failed; the server goes on with the pages that there are")
        elif not pages:
            _say("no page shows anything else")


class _Pages(StaticFiles):
    """Reads a page as a whole: between its size and its end a build may write it anew."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        if str(full_path).endswith(".html"):
            return Response(Path(full_path).read_bytes(), status_code, media_type="text/html")
        return super().file_response(full_path, stat_result, scope, status_code)


def serve(
    arguments: Sequence[str],
    folders: Sequence[Path],
    outputs: Sequence[Path],
    *,
    host: str,
    port: int,
    browser: bool,
) -> int:
    """Build, serve and build again until the user ends it; gives the exit status.

    :param arguments: those of ``sphinx-build``.
    :param folders: what is watched.
    :param outputs: the folder that is served, and others that builds write to.
    """
    builder = WarmBuilder(arguments)
    builder.build()
    watcher = _Watcher(folders, outputs, builder)
    address = f"{host}:{port or find_free_port()}"

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with watcher.lifespan(app):
            _say(f"serving on http://{address}")
            yield
            builder.close()

    outputs[0].mkdir(parents=True, exist_ok=True)
    app = Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher, name="reload"),
            Mount("/", app=_Pages(directory=outputs[0], html=True), name="static"),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=lifespan,
    )
    if browser:
        open_browser(address, 0)
    try:
        uvicorn.run(app, host=host, port=int(address.rpartition(":")[2]), log_level="warning")
    except KeyboardInterrupt:
        pass
    finally:
        builder.close()
    return 0


def _say(message: str) -> None:
    sys.stdout.write(f"[sphinx-repodoc] {message}\n")
    sys.stdout.flush()
