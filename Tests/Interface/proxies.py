"""A proxy that shows a studio below a path, as servers in front of others do."""

import http.client
import http.server
import threading

# What belongs to one connection and is not passed on.
OWN = {
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "proxy-authorization",
    "content-length",
}


class Proxy:
    """Passes on what lies below a path; it takes the path off where it strips. Nothing else is there.

    With `name` it calls the studio so, and says that its visitors come from there.
    """

    def __init__(self, port, base, strips, at=0, name=None):
        self.base, self.strips, self.upstream = base, strips, port
        self.beside = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                path = self.path
                if path.split("?")[0] != proxy.base and not path.startswith(proxy.base + "/"):
                    proxy.beside.append(path)
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if proxy.strips:
                    path = path[len(proxy.base) :]
                    path = path if path.startswith("/") else "/" + path
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                line = http.client.HTTPConnection("127.0.0.1", proxy.upstream, timeout=60)
                line.putrequest(self.command, path, skip_host=True, skip_accept_encoding=True)
                own = {"host": name, "origin": f"http://{name}"} if name else {}
                for header, value in self.headers.items():
                    if header.lower() not in OWN:
                        line.putheader(header, own.get(header.lower(), value))
                if body or self.command in ("POST", "PATCH", "PUT"):
                    line.putheader("Content-Length", str(len(body)))
                line.endheaders(body)
                answer = line.getresponse()
                self.send_response(answer.status)
                for header, value in answer.getheaders():
                    if header.lower() not in OWN:
                        self.send_header(header, value)
                # The end of the connection is the end of the answer, so that streams flow.
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                try:
                    while piece := answer.read1(65536):
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    pass
                finally:
                    line.close()

            do_GET = do_POST = do_PATCH = do_DELETE = do_HEAD = pass_on

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", at), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
