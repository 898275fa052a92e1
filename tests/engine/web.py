"""A real web server on this machine that answers as well or as badly as a test asks."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Answer:
    """How one request is answered.

    Attributes:
        status: 200 sends the file, or 206 its rest where a range is asked for and honoured.
        ranges: whether ranges are honoured.
        cut: bytes after which the connection is closed.
        stall: bytes after which nothing comes any more.
        flip: index of a byte that is sent wrong.
        length: what Content-Length says instead of the truth; -1 leaves it out.
        shift: how far from the start asked for a range begins.
        location: where a redirection leads.
        endless: whether the file is sent again and again.
    """

    status: int = 200
    ranges: bool = True
    cut: int | None = None
    stall: int | None = None
    flip: int | None = None
    length: int | None = None
    shift: int = 0
    location: str | None = None
    endless: bool = False


@dataclass
class Site:
    """What is served, and what was asked.

    Attributes:
        files: bytes by name.
        answers: for one request after another; the last stays.
        ranges: the Range header of each request, None for none.
        address: of the folder, with its port.
    """

    files: dict[str, bytes]
    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    ranges: list[str | None] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(http.server.BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.site.ranges.append(asked)
        answer = self.site.next_answer()
        data = self.site.files.get(self.path.rpartition("/")[2])
        if data is None or answer.status != 200:
            self._refuse(replace(answer, status=404) if data is None else answer)
            return
        start = int(asked[6:-1]) + answer.shift if asked and answer.ranges else 0
        if start > len(data) or (start == len(data) and asked):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(data)}")
            self._end(0)
            return
        self._send(answer, data, start, partial=bool(asked and answer.ranges))

    def _refuse(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location is not None:
            self.send_header("Location", answer.location)
        self._end(0)

    def _send(self, answer: Answer, data: bytes, start: int, *, partial: bool) -> None:
        self.send_response(206 if partial else 200)
        if partial:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self._end(len(data) - start if answer.length is None else answer.length)
        body = bytearray(data[start:])
        if answer.flip is not None:
            body[answer.flip] ^= 1
        stop = min((x for x in (answer.cut, answer.stall) if x is not None), default=len(body))
        self._write(bytes(body[:stop]), endless=answer.endless)
        if answer.stall is not None:
            self.site.closing.wait()

    def _end(self, length: int) -> None:
        if length >= 0:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def _write(self, body: bytes, *, endless: bool) -> None:
        try:
            self.wfile.write(body)
            while endless and not self.site.closing.is_set():
                self.wfile.write(body)
        except OSError:
            pass  # the client has heard enough


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[Site]:
    """Serve files on 127.0.0.1 until the end of the block."""
    site = Site(files)
    handler = type("Handler", (_Handler,), {"site": site})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        site.address = f"http://127.0.0.1:{web.server_address[1]}"
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            web.shutdown()
            thread.join()
