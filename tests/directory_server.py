"""A directory that speaks OpenID Connect, for the tests: discovery, authorization code with PKCE, RS256 tokens, over a real socket."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "throughline", "the secret of this client"


def b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


class Directory(ThreadingHTTPServer):
    """What it knows: its keys, who is signed in there, codes it gave, and what is wrong with the next token."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Desk)
        self.key, self.another = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.person, self.codes, self.spoil, self.asked, self.sign_with = {}, {}, {}, [], self.key
        self.algorithm, self.issuer_said, self.headers_said = "RS256", self.url, {"kid": "one"}

    def keys(self):
        public = self.key.public_key().public_numbers()
        return {"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": b64(public.n), "e": b64(public.e)}]}

    def says(self):
        return {
            "issuer": self.issuer_said, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys", "userinfo_endpoint": f"{self.url}/who", "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def token_for(self, asked):
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked.get("nonce"), "auth_time": now, **self.person, **self.spoil}
        return jwt.encode({name: value for name, value in claims.items() if value is not None}, self.sign_with, self.algorithm, headers=self.headers_said)


class Desk(BaseHTTPRequestHandler):
    """One question and its answer."""

    def do_GET(self):
        place, query = urlsplit(self.path).path, {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if place == "/authorize":
            self.server.asked.append(query)
            code = secrets.token_urlsafe(16)
            self.server.codes[code] = query
            return self._send(302, b"", Location=f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
        said = {"/.well-known/openid-configuration": self.server.says, "/keys": self.server.keys}.get(place)
        return self._send(200, json.dumps(said()).encode()) if said else self._send(404, b"{}")

    def do_POST(self):
        sent = {name: values[0] for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        asked = self.server.codes.pop(sent.get("code"), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        right = asked and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        if not right or asked.get("code_challenge") != proof or asked.get("code_challenge_method") != "S256" or sent["redirect_uri"] != asked["redirect_uri"]:
            return self._send(400, b'{"error": "invalid_grant"}')
        return self._send(200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": self.server.token_for(asked)}).encode())

    def _send(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Quiet."""


@contextmanager
def a_directory():
    """One that runs until the test is over."""
    server = Directory()
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    yield server
    server.shutdown()
    server.server_close()
    running.join()


def app_of(server, kind, organisation, *, name, vouches_for=()):
    """It in the words of the settings."""
    return {
        "provider_id": kind, "name": name, "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": server.url, "organisation": organisation, "vouches_for": list(vouches_for), "oauth_pkce_enabled": True},
    }  # fmt: skip
