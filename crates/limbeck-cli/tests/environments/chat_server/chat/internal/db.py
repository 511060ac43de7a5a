from typing import Optional
from urllib.parse import parse_qs, urlencode, urlparse, urlunparse

from sqlalchemy import event
from sqlalchemy.engine import Engine

SSL_NAMES = ("sslmode", "ssl", "sslrootcert", "sslcert", "sslkey")


def extract_ssl_params_from_url(url: str) -> tuple[str, dict[str, str]]:
    parsed = urlparse(url)
    if not parsed.query or parsed.scheme.split("+")[0] not in ("postgresql", "postgres"):
        return url, {}
    query = parse_qs(parsed.query, keep_blank_values=True)
    found = {name: query.pop(name)[0] for name in SSL_NAMES if name in query}
    rest = urlencode(query, doseq=True)
    return urlunparse(parsed._replace(query=rest)), found


def reattach_ssl_params_to_url(url: str, params: dict[str, str]) -> str:
    if not params:
        return url
    return url + ("&" if "?" in url else "?") + urlencode(params)


def enable_iam_token_auth(engine: Engine, token: Optional[str] = None) -> None:
    @event.listens_for(engine, "do_connect")
    def provide_token(dialect, conn_rec, cargs, cparams):
        if token is not None:
            cparams["password"] = token
