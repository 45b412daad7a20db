"""Markup, scripts and addresses that a translation must not bring in or change."""

import re

from tests.quality.corpus import Case

SMUGGLED = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<iframe src="https://evil.example"></iframe>',
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '<b onclick="steal()">!</b>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- x --><object data=x></object>",
)
ADDRESSES = (
    " javascript:alert(1)",
    " data:text/html;base64,PHNjcmlwdD4=",
    ' <a href="javascript:alert(1)">OK</a>',
    " [OK](javascript:alert(1))",
    " vbscript:msgbox(1)",
    " JavaScript:alert(1)",
)
URL = re.compile(r"https?://[\w./?=&-]*\w", re.ASCII)
EMAIL = re.compile(r"[\w.]+@[\w.]+\w", re.ASCII)
PHONE = re.compile(r"\+?\d+(?:-\d+){2,}")


def markup_smuggled(case: Case) -> str | None:
    return _insert(case, case.pick(SMUGGLED, "markup") or "")


def script_address(case: Case) -> str | None:
    return case.target + (case.pick(ADDRESSES, "address") or "")


def url_added(case: Case) -> str | None:
    if URL.search(case.source):
        return None
    return case.target + (
        case.pick([" https://proleukin-info.example.com", " www.pharma-rabatt.example"], "added") or ""
    )


def url_changed(case: Case) -> str | None:
    match = URL.search(case.target)
    if match is None:
        return None
    url = match.group()
    ways = [
        url.replace("example", "exarnple"),
        url.replace("https", "http"),
        url[:-1],
        url + "/old",
        url.replace("org", "com"),
    ]
    return case.target.replace(url, case.pick(ways, "url") or "")


def email_changed(case: Case) -> str | None:
    match = EMAIL.search(case.target)
    if match is None:
        return None
    email = match.group()
    ways = [email.replace("@", "@mail."), email.replace("org", "com"), "x" + email, email.replace("example", "exmaple")]
    return case.target.replace(email, case.pick(ways, "email") or "")


def phone_changed(case: Case) -> str | None:
    match = PHONE.search(case.target)
    if match is None:
        return None
    phone = match.group()
    last = str((int(phone[-1]) + 1) % 10)
    ways = [phone[:-1] + last, phone[:-2] + phone[-1] + phone[-2] if phone[-1] != phone[-2] else phone[:-2], phone[:-1]]
    return case.target.replace(phone, case.pick(ways, "phone") or "")


def _insert(case: Case, new: str) -> str:
    place = case.pick([0, len(case.target)], "place") or 0
    return case.target[:place] + new + case.target[place:]
