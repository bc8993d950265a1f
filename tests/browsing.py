"""A real browser in front of the portal of this test.

The browser lives in a thread of its own; sockets in others. Every request is answered in the
thread of the test, so the browser sees its uncommitted rows and leaves nothing behind.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.chromium import CHROMIUM
from tests.patience import PATIENCE

PATIENCE_MS = PATIENCE * 1000
# Containers have little shared memory: what is shared goes to a file instead.
WORDS = ("--no-sandbox", "--disable-dev-shm-usage")

Seen = TypeVar("Seen")
Answer = tuple[str, list[tuple[str, str]], bytes]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Chromium:
    """A browser and a port; `see` shows a page to a function and returns what it saw."""

    def __init__(self) -> None:
        self._asked: queue.Queue[tuple[dict[str, Any], Future[Answer]]] = queue.Queue()
        self._portal = StaticFilesHandler(WSGIHandler())
        self._server = make_server(
            "127.0.0.1", 0, self._hand_over, server_class=Server, handler_class=Quiet
        )
        self.site = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._playwright, self._browser = self._thread.submit(self._start).result()

    def see(
        self,
        path: str,
        script: Callable[[Page], Seen],
        *,
        client: Client | None = None,
        **options: object,
    ) -> Seen:
        """What the script returns for this page, opened by whoever this client is."""
        with self.window(client, **options) as window:
            return window.see(path, script)

    @contextmanager
    def window(self, client: Client | None = None, **options: object) -> Iterator["Window"]:
        """A browser of whoever this client is; what one page loaded is there for the next."""
        context = self.do(self._context, client, options)
        try:
            yield Window(self, context)
        finally:
            self.do(context.close)

    def do(self, act: Callable[..., Seen], *told: object) -> Seen:
        """Act in the browser's thread; whatever it asks of the portal is answered in this one."""
        done = self._thread.submit(act, *told)
        while not done.done():
            self._answer_next()
        return done.result()

    def close(self) -> None:
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()
        self._server.shutdown()
        self._server.server_close()

    def _start(self) -> tuple[Playwright, Browser]:
        playwright = sync_playwright().start()
        launch = playwright.chromium.launch
        return playwright, launch(executable_path=CHROMIUM, args=WORDS, timeout=PATIENCE_MS)

    def _context(self, client: Client | None, options: dict[str, Any]) -> BrowserContext:
        context = self._browser.new_context(base_url=self.site, **options)
        context.set_default_timeout(PATIENCE_MS)
        cookies = client.cookies.values() if client else ()
        context.add_cookies(
            [{"name": one.key, "value": one.value, "url": self.site} for one in cookies]
        )
        return context

    def _hand_over(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Called in the thread of a socket: the thread of the test does the work."""
        answered: Future[Answer] = Future()
        self._asked.put((environ, answered))
        status, headers, body = answered.result()
        start_response(status, headers)
        return [body]

    def _answer_next(self) -> None:
        try:
            environ, answered = self._asked.get(timeout=0.01)
        except queue.Empty:
            return
        head: list[Any] = []
        # As Django's own test client does: the connection is the test's, not the request's.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        parts = self._portal(environ, lambda status, headers, *_: head.extend((status, headers)))
        body = b"".join(parts)
        parts.close()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        answered.set_result((head[0], head[1], body))


class Window:
    """Shows pages to a function, one after the other, in a browser that knows who looks."""

    def __init__(self, chromium: Chromium, context: BrowserContext) -> None:
        self._chromium, self._context = chromium, context

    def see(self, path: str, script: Callable[[Page], Seen]) -> Seen:
        return self._chromium.do(self._open, path, script)

    def _open(self, path: str, script: Callable[[Page], Seen]) -> Seen:
        page = self._context.new_page()
        try:
            page.goto(path)
            return script(page)
        finally:
            page.close()
