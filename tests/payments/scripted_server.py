"""A local HTTP server that answers what a test tells it, and notes what it was asked."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.patience import PATIENCE


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    headers: dict
    body: bytes
    client_port: int = 0


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b"{}"
    headers: dict = field(default_factory=dict)
    after_seconds: float = 0


def reply(document, status=200, **headers):
    return Reply(status, json.dumps(document).encode(), headers)


TOKEN = reply({"access_token": "A-TOKEN", "token_type": "Bearer", "expires_in": 32400})


class ScriptedServer:
    """`script` maps a path to a reply, to a list of replies used up in turn, or to a function."""

    def __init__(self, script: dict[str, Reply | list[Reply] | Callable[[Seen], Reply]]):
        self.script = {"/v1/oauth2/token": TOKEN, **script}
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        handler = type("BoundHandler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exc):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def calls(self, path):
        return [seen for seen in self.seen if seen.path == path]

    def answer(self, seen: Seen) -> Reply:
        with self._lock:
            self.seen.append(seen)
            planned = self.script[seen.path]
            if isinstance(planned, list):
                planned = planned.pop(0) if len(planned) > 1 else planned[0]
        return planned(seen) if callable(planned) else planned


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def _respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        seen = Seen(self.command, self.path, headers, body, self.client_address[1])
        answer = self.owner.answer(seen)
        time.sleep(answer.after_seconds)
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        except BrokenPipeError:
            self.close_connection = True

    do_GET = do_POST = _respond  # noqa: N815 - the names http.server looks for

    def log_message(self, *args):
        pass
