"""browsing: a page in Chromium, with all that it asked for and complained about."""

from urllib.parse import urldefrag

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.repository import ROOT, bundle


class Visit:
    """A tab of its own; `scale` is the zoom of the browser: the same window holds less."""

    def __init__(self, browser: Browser, width: int, dark: bool = False, scale: int = 1) -> None:
        self.context = browser.new_context(
            viewport={"width": width // scale, "height": 900 // scale},
            device_scale_factor=scale,
            color_scheme="dark" if dark else "light",
        )
        self.page: Page = self.context.new_page()
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))

    def open(self, locale: str) -> "Visit":
        self.page.goto((ROOT / bundle(locale, "html")).as_uri())
        return self

    def arrive(self, fragment: str | None) -> None:
        """Wait until the address names `fragment`: a browser changes it some time after the click or key."""
        self.page.wait_for_url(lambda url: urldefrag(url).fragment == fragment)

    def number(self, expression: str) -> float:
        return float(self.page.evaluate(expression))

    def _request(self, request: Request) -> None:
        self.requested.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)
