"""An HTTP server that says in a line of JSON what it got, and whether Python or openssl finds its proof right.

Arguments: the secret of HMAC and HS…, and the folder with the public keys.
"""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

SECRET = sys.argv[1].encode()
KEYS = pathlib.Path(sys.argv[2])
HASHES = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}


def signature(headers):
    """The reference scheme: `date: ` and the Date are signed."""
    fields = dict(re.findall(r'(\w+)="([^"]*)"', headers["Authorization"]))
    digest = HASHES[fields["algorithm"].removeprefix("hmac-sha")]
    wanted = base64.b64encode(hmac.new(SECRET, f"date: {headers['Date']}".encode(), digest).digest())
    return hmac.compare_digest(wanted.decode(), urllib.parse.unquote_plus(fields["signature"]))


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def der(raw):
    """An ECDSA signature as openssl has it: of two numbers."""
    def number(part):
        part = part.lstrip(b"\0") or b"\0"
        part = b"\0" + part if part[0] & 0x80 else part
        return b"\x02" + bytes([len(part)]) + part
    half = len(raw) // 2
    body = number(raw[:half]) + number(raw[half:])
    return b"\x30" + bytes([len(body)]) + body


def token(text):
    signed, _, given = text.rpartition(".")
    head = json.loads(unbase64(signed.split(".")[0]))
    name, given = head["alg"], unbase64(given)
    if name.startswith("HS"):
        return hmac.compare_digest(hmac.new(SECRET, signed.encode(), HASHES[name[2:]]).digest(), given)
    with tempfile.TemporaryDirectory() as folder:
        data, proof = pathlib.Path(folder, "data"), pathlib.Path(folder, "proof")
        data.write_bytes(signed.encode())
        proof.write_bytes(der(given) if name.startswith("ES") else given)
        key = KEYS / {"ES": f"request/{name.lower()}.pub.pem", "Ed": "bundles/keys/ed25519.pub.spki.pem"}.get(
            name[:2], "bundles/keys/rsa-2048.pub.spki.pem")
        if name == "EdDSA":
            command = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", data, "-sigfile", proof]
        else:
            pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
            command = ["dgst", f"-sha{name[2:]}", "-verify", key, "-signature", proof]
            command += (pss if name.startswith("PS") else []) + [data]
        return subprocess.run(["openssl", *command], stdout=subprocess.DEVNULL).returncode == 0


def proven(headers):
    scheme, _, rest = headers.get("Authorization", "").partition(" ")
    return {"Signature": lambda: signature(headers), "Bearer": lambda: token(rest)}.get(scheme, lambda: None)()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = [[name.lower(), value] for name, value in self.headers.items()]
        got = {"method": self.command, "path": self.path, "headers": headers,
               "body": base64.b64encode(body).decode(), "proven": proven(self.headers)}
        print(json.dumps(got), flush=True)
        self.send_response(204)
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
