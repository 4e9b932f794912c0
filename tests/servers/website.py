"""Somebody's website with one page, on an origin of its own: where a survey may stand in a frame, or may not."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Linden Bakery</title><link rel="icon" href="data:,"></head>
<body><h1>Our bread</h1><p><a href="#more">More</a></p>
%s
<p><input aria-label="Search"></p></body></html>"""


class Website:
    """Serves a page with `content` in it, under a policy that allows scripts and frames from `site` and no inline
    style at all.
    """

    def __init__(self, content: str, *, site: str) -> None:
        page = (PAGE % content).encode()
        policy = f"default-src 'none'; img-src data:; style-src 'none'; script-src {site}; frame-src {site}"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
