"""A virus scanner on a socket of its own that speaks clamd's INSTREAM, for one marker."""

import contextlib
import socket
import socketserver
import struct
import tempfile
import threading

# Not the real test virus, so that no scanner takes this folder away.
MARKER = b"PRETEND-ANTIVIRUS-TEST-FILE"


class _Line(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.answer is not None:
            self.wfile.write(self.server.answer)
            return
        command = self.rfile.read(10)
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        found = b"Pretend-Test-Signature FOUND" if MARKER in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")


class _Scanner(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _UnixScanner(_Scanner):
    address_family = socket.AF_UNIX


@contextlib.contextmanager
def scanner(answer=None):
    """Its address as “host:port”, and what it was given; `answer` replaces the verdict."""
    with _Scanner(("127.0.0.1", 0), _Line) as server, _running(server, answer):
        yield f"127.0.0.1:{server.server_address[1]}", server.seen


@contextlib.contextmanager
def scanner_at_a_path():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/clamd.ctl"
        with _UnixScanner(path, _Line) as server, _running(server, None):
            yield path, server.seen


@contextlib.contextmanager
def _running(server, answer):
    server.answer, server.seen = answer, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    server.shutdown()
    thread.join()


def nobody_there():
    """An address that refuses every connection."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{line.getsockname()[1]}"
