"""web: releases behind http(s), read as a website reads them: bounded, and never from another host."""

import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from pipeline.errors import PipelineError
from pipeline.model.release import MAX_POINTER, POINTER, RELEASES

TIMEOUT = 20.0

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Site:
    """An address under which a target is served."""

    url: str

    def pointer(self) -> bytes | None:
        return _get(f"{self.url}/{POINTER}", MAX_POINTER)

    def release(self, digest: str) -> "SiteFolder":
        return SiteFolder(f"{self.url}/{RELEASES}/{digest}")


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """The address of one release."""

    url: str

    def read(self, path: str, limit: int) -> bytes | None:
        return _get(f"{self.url}/{path}", limit)

    def names(self) -> None:
        """A web server does not say what else it has."""


def open_site(address: str) -> Site | SiteFolder:
    """A served target, or one served release where the address ends with a digest."""
    parts = urlsplit(address)
    if parts.query or parts.fragment or not parts.hostname or "@" in parts.netloc:
        raise PipelineError("is not the plain address of a folder", where=address, hint="write https://host/folder")
    url = address.rstrip("/")
    return SiteFolder(url) if _DIGEST.fullmatch(url.rpartition("/")[2]) else Site(url)


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise PipelineError(
                "redirects to another host", where=req.full_url, hint=f"it should be served itself, not from {newurl}"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


# Proxies of the environment are heeded; files and ftp are not to be reached by an address or a redirect.
_opener = urllib.request.OpenerDirector()
for _handler in (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    _SameHost,
):
    _opener.add_handler(_handler())


def _get(url: str, limit: int) -> bytes | None:
    # Caches on the way may not answer, and the bytes are to come as they lie.
    headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache"}
    try:
        with _opener.open(urllib.request.Request(url, headers=headers), timeout=TIMEOUT) as answer:
            data: bytes = answer.read(limit + 1)
            return data
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (404, 410):
                return None
            raise PipelineError(f"cannot be read: the server answers {error.code}", where=url) from error
    except urllib.error.URLError as error:
        raise PipelineError(f"cannot be read: {error.reason}", where=url) from error
    except http.client.IncompleteRead as error:
        return error.partial
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PipelineError(f"cannot be read: {error}", where=url) from error
