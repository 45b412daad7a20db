"""verify: every way that somebody may tamper with a release is refused, each with one clear sentence."""

import gzip
import os
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from pipeline.model.release import (
    KeySignature,
    Pointer,
    Release,
    ReleasedFile,
    Remembered,
    Signatures,
    Tombstone,
    Withdrawal,
)
from pipeline.publish import publish
from pipeline.releases.records import digest, encode
from pipeline.releases.signature import sign
from pipeline.releases.verify import Trust, verify_release, verify_target
from pipeline.targets.directory import Directory, Folder
from tests.properties import cases
from tests.releases.samples import (
    NOW,
    PROJECT,
    TRUST,
    UNSIGNED,
    content,
    export,
    judged,
    pem,
    public_key,
    published,
    said,
    seal,
    signing_key,
)

pytestmark = pytest.mark.thorough

PAGE = "de-AT/flu.html"
OTHER_PAGE = "en-US/flu.html"
BUNDLE = "de-AT/flu.json"
OTHER_BUNDLE = "en-US/flu.json"


@dataclass(frozen=True)
class Site:
    """A published target that an attacker, or a clumsy administrator, can write to."""

    root: Path

    @property
    def pointer(self) -> Pointer:
        return msgspec.json.decode((self.root / "current").read_bytes(), type=Pointer)

    @property
    def folder(self) -> Path:
        return self.root / "releases" / self.pointer.digest

    @property
    def release(self) -> Release:
        return msgspec.json.decode((self.folder / "release.json").read_bytes(), type=Release)

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def move(self, path: str, to: str) -> None:
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(self.folder / to)

    def swap(self, path: str, other: str) -> None:
        first, second = self.read(path), self.read(other)
        self.write(path, second)
        self.write(other, first)

    def point(self, **values: object) -> None:
        (self.root / "current").write_bytes(encode(changed(self.pointer, **values)))

    def forge(self, manifest: bytes, *, signature: bytes | None = None) -> None:
        """Put another list of files there and point at it; the signature stays the old one."""
        old, name = self.folder, digest(manifest)
        shutil.copytree(old, self.root / "releases" / name)
        self.point(digest=name)
        self.write("release.json", manifest)
        if signature is not None:
            self.write("release.json.sig", signature)

    def resign(self, release: Release, key: str = "publisher") -> None:
        """What a publisher with the key, and a mistake in the program, would do."""
        manifest = encode(release)
        self.forge(manifest, signature=sign(manifest, [signing_key(key)]))

    def resigned_files(self, files: dict[str, bytes | None]) -> None:
        """Change files, None removes one, and sign the new list."""
        listed = {file.path: file for file in self.release.files}
        for path, data in files.items():
            listed.pop(path, None)
            if data is not None:
                listed[path] = ReleasedFile(path=path, sha256=digest(data), size=len(data))
        self.resign(changed(self.release, files=[listed[path] for path in sorted(listed)]))
        for path, data in files.items():
            if data is None:
                (self.folder / path).unlink(missing_ok=True)
            else:
                self.write(path, data)


Tamper = Callable[[Site], object]
TAMPERINGS: list[object] = []


def tampering(sentence: str) -> Callable[[Tamper], Tamper]:
    """One way to tamper, and what a person is told of it (a regular expression)."""

    def note(tamper: Tamper) -> Tamper:
        TAMPERINGS.append(pytest.param(tamper, sentence, id=tamper.__name__))
        return tamper

    return note


# ---- files


@tampering(r"^de-AT/flu.html was altered\.$")
def one_letter_of_a_page_is_changed(site: Site) -> None:
    site.write(PAGE, site.read(PAGE).replace(b"first", b"fjrst", 1))


@tampering(r"^de-AT/flu.html is larger than the [\d,]+ bytes it should have\.$")
def something_is_added_to_a_page(site: Site) -> None:
    site.write(PAGE, site.read(PAGE) + b"<script src=//evil.example></script>")


@tampering(r"^de-AT/flu.html is smaller than the [\d,]+ bytes it should have\.$")
def a_page_is_cut_short(site: Site) -> None:
    site.write(PAGE, site.read(PAGE)[:-1])


@tampering(r"^de-AT/flu.html is smaller than")
def a_page_is_emptied(site: Site) -> None:
    site.write(PAGE, b"")


@tampering(r"^de-AT/flu.html was altered\.$")
def a_page_is_filled_with_zeros_as_after_a_power_cut(site: Site) -> None:
    site.write(PAGE, bytes(len(site.read(PAGE))))


@tampering(r"^de-AT/flu.html is missing\.$")
def a_page_is_removed(site: Site) -> None:
    site.remove(PAGE)


@tampering(r"^de-AT/flu.json is missing\.$")
def the_json_of_a_bundle_is_removed(site: Site) -> None:
    site.remove(BUNDLE)


@tampering(r"^assets/faq.css is missing\.$")
def the_style_sheet_is_removed(site: Site) -> None:
    site.remove("assets/faq.css")


@tampering(r"^index.json is missing\.$")
def the_index_is_removed(site: Site) -> None:
    site.remove("index.json")


@tampering(r"^index.json was altered\.$")
def the_index_names_another_title(site: Site) -> None:
    site.write("index.json", site.read("index.json").replace(b"flu in de-AT", b"flu in de-DE"))


@tampering(r"^index.json is larger than")
def the_index_of_the_release_before_is_put_back(site: Site) -> None:
    newer = export("first", ("de-AT",))
    site.write("index.json", export("x", ("de-AT", "en-US", "fr-FR"))["index.json"] + newer["index.json"])


@tampering(r"^de-AT/flu.html.gz is missing\.$")
def a_compressed_variant_is_removed(site: Site) -> None:
    site.remove(PAGE + ".gz")


@tampering(r"^de-AT/flu.html.gz (was altered|is larger than .*|is smaller than .*)\.$")
def a_compressed_variant_says_something_else(site: Site) -> None:
    site.write(PAGE + ".gz", gzip.compress(b"<p>harmless</p>" * 40))


@tampering(r"^de-AT/flu.html.br was altered\.$")
def a_byte_of_a_compressed_variant_is_flipped(site: Site) -> None:
    data = bytearray(site.read(PAGE + ".br"))
    data[5] ^= 1
    site.write(PAGE + ".br", bytes(data))


@tampering(r"^de-AT/flu.html.gz is larger than")
def a_compressed_variant_is_a_bomb(site: Site) -> None:
    site.write(PAGE + ".gz", gzip.compress(bytes(50_000_000)))


@tampering(r"^de-AT/grippe.html does not belong|^de-AT/flu.html was renamed to de-AT/grippe.html\.$")
def a_page_is_renamed(site: Site) -> None:
    site.move(PAGE, "de-AT/grippe.html")


@tampering(r"^de-AT/flu.html was renamed to de-AT/Flu.html\.$")
def a_page_is_renamed_in_its_capitals_alone(site: Site) -> None:
    site.move(PAGE, "de-AT/Flu.html")


@tampering(r"^de-AT/flu.html was renamed to de-DE/flu.html\.$")
def a_page_moves_to_another_locale(site: Site) -> None:
    site.move(PAGE, "de-DE/flu.html")


@tampering(r"^de-AT/cold.html was renamed to de-at/cold.html\.$")
def the_folder_of_a_locale_is_renamed(site: Site) -> None:
    site.move("de-AT", "de-at")


@tampering(r"^de-AT/flu.html was swapped with en-US/flu.html\.$")
def two_pages_are_swapped(site: Site) -> None:
    site.swap(PAGE, OTHER_PAGE)


@tampering(r"^de-AT/flu.json was swapped with en-US/flu.json\.$")
def the_json_of_two_locales_is_swapped(site: Site) -> None:
    site.swap(BUNDLE, OTHER_BUNDLE)


@tampering(r"^de-AT/cold.html was swapped with de-AT/flu.html\.$")
def the_pages_of_two_documents_are_swapped(site: Site) -> None:
    site.swap("de-AT/cold.html", PAGE)


@tampering(r"^de-AT/flu.html.br was swapped with de-AT/flu.html.gz\.$")
def two_variants_of_a_page_are_swapped(site: Site) -> None:
    site.swap(PAGE + ".gz", PAGE + ".br")


@tampering(r"^de-AT/flu.html holds the bytes of en-US/flu.html\.$")
def one_locale_shows_the_page_of_another(site: Site) -> None:
    site.write(PAGE, site.read(OTHER_PAGE))


@tampering(r"^de-AT/flu.html.gz holds the bytes of de-AT/cold.html.gz\.$")
def a_variant_is_that_of_another_document(site: Site) -> None:
    site.write(PAGE + ".gz", site.read("de-AT/cold.html.gz"))


@tampering(r"^de-AT/added.html does not belong to the release\.$")
def a_page_is_added(site: Site) -> None:
    site.write("de-AT/added.html", b"<p>Buy now</p>")


@tampering(r"^de-AT/copy.html does not belong to the release\.$")
def a_page_is_copied_to_another_name(site: Site) -> None:
    site.write("de-AT/copy.html", site.read(PAGE))


@tampering(r"^fr-FR/flu.html does not belong to the release\.$")
def a_locale_is_added(site: Site) -> None:
    site.write("fr-FR/flu.html", b"<p>Bonjour</p>")


@tampering(r"^\.htaccess does not belong to the release\.$")
def a_hidden_file_is_added(site: Site) -> None:
    site.write(".htaccess", b"Redirect / https://evil.example/")


@tampering(r"^index.html does not belong to the release\.$")
def a_start_page_is_added(site: Site) -> None:
    site.write("index.html", b"<p>hello</p>")


@tampering(r"^de-AT/flu.html.zst.tmp does not belong to the release\.$")
def a_half_written_file_is_left(site: Site) -> None:
    site.write(PAGE + ".zst.tmp", b"")


@tampering(r"^empty does not belong to the release\.$")
def an_empty_folder_is_added(site: Site) -> None:
    (site.folder / "empty").mkdir()


@tampering(r"^secrets does not belong to the release\.$")
def a_link_to_a_folder_is_added(site: Site) -> None:
    (site.folder / "secrets").symlink_to("/etc")


@tampering(r"^de-AT/flu.html is not a regular file\.$")
def a_page_becomes_a_link_to_the_same_bytes(site: Site) -> None:
    (site.root / "outside.html").write_bytes(site.read(PAGE))
    site.remove(PAGE)
    (site.folder / PAGE).symlink_to(site.root / "outside.html")


@tampering(r"^de-AT/cold.html is missing\.$")
def the_folder_of_a_locale_becomes_a_link_to_the_same_files(site: Site) -> None:
    (site.folder / "de-AT").rename(site.root / "outside")
    (site.folder / "de-AT").symlink_to(site.root / "outside")


@tampering(r"^de-AT/flu.html is missing\.$")
def a_page_becomes_a_folder(site: Site) -> None:
    site.remove(PAGE)
    (site.folder / PAGE).mkdir()
    (site.folder / PAGE / "index.html").write_bytes(b"x")


@tampering(r"^de-AT/flu.html is not a regular file\.$")
def a_page_becomes_a_pipe(site: Site) -> None:
    site.remove(PAGE)
    os.mkfifo(site.folder / PAGE)


@tampering(r"^de-AT/flu.html was altered|^de-AT/flu.html is")
def a_page_is_that_of_an_earlier_release(site: Site) -> None:
    site.write(PAGE, export("older")["de-AT/flu.html"])


# ---- the list of files and its signature


@tampering(r"^release.json is missing\.$")
def the_list_of_files_is_removed(site: Site) -> None:
    site.remove("release.json")


@tampering(r"^release.json is not the one with the digest [0-9a-f]{16}…\.$")
def a_byte_of_the_list_is_changed(site: Site) -> None:
    site.write("release.json", site.read("release.json").replace(b'"version": 2', b'"version": 9', 1))


@tampering(r"^release.json is not the one with the digest")
def white_space_is_added_to_the_list(site: Site) -> None:
    site.write("release.json", site.read("release.json") + b"\n")


@tampering(r"^release.json is not the one with the digest")
def the_list_is_that_of_the_release_before(site: Site) -> None:
    before = site.root / "releases" / site.release.earlier[0].digest
    shutil.copy(before / "release.json", site.folder / "release.json")
    shutil.copy(before / "release.json.sig", site.folder / "release.json.sig")


@tampering(r"^release.json is larger than 16,000,000 bytes\.$")
def the_list_is_huge(site: Site) -> None:
    site.write("release.json", b" " * 16_000_001)


@tampering(r"^release.json.sig is missing, so the release is not signed\.$")
def the_signature_is_removed(site: Site) -> None:
    site.remove("release.json.sig")


@tampering(r"^release.json.sig is missing, so the release is not signed\.$")
def the_signature_is_removed_and_the_pointer_says_so(site: Site) -> None:
    site.remove("release.json.sig")
    site.point(signed=False)


@tampering(r"^release.json.sig is not a signature file\.$")
def the_signature_is_emptied(site: Site) -> None:
    site.write("release.json.sig", b"")


@tampering(r"^release.json.sig is not a signature file\.$")
def the_signature_file_holds_no_signature(site: Site) -> None:
    site.write("release.json.sig", b'{\n  "signatures": []\n}\n')


@tampering(r"^release.json.sig is larger than 65,536 bytes\.$")
def the_signature_is_huge(site: Site) -> None:
    site.write("release.json.sig", b" " * 65_537)


def _signatures(site: Site) -> list[KeySignature]:
    return msgspec.json.decode(site.read("release.json.sig"), type=Signatures).signatures


@tampering(r"^release.json.sig holds no valid signature\.$")
def a_bit_of_the_signature_is_flipped(site: Site) -> None:
    [one] = _signatures(site)
    raw = bytearray(b64decode(one.signature))
    raw[3] ^= 4
    forged = changed(one, signature=b64encode(raw).decode())
    site.write("release.json.sig", encode(Signatures(signatures=[forged])))


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_signature_is_all_zeros(site: Site) -> None:
    [one] = _signatures(site)
    forged = changed(one, signature=b64encode(bytes(64)).decode())
    site.write("release.json.sig", encode(Signatures(signatures=[forged])))


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_signature_is_that_of_another_release(site: Site) -> None:
    before = site.root / "releases" / site.release.earlier[0].digest
    shutil.copy(before / "release.json.sig", site.folder / "release.json.sig")


@tampering(r"^release.json.sig is signed with no key that is trusted here\.$")
def the_release_is_signed_with_another_key(site: Site) -> None:
    site.write("release.json.sig", sign(site.read("release.json"), [signing_key("attacker")]))


@tampering(r"^release.json.sig holds no valid signature\.$")
def a_signature_of_another_key_bears_the_name_of_ours(site: Site) -> None:
    [one] = _signatures(site)
    other = sign(site.read("release.json"), [signing_key("attacker")])
    [forged] = msgspec.json.decode(other, type=Signatures).signatures
    site.write("release.json.sig", encode(Signatures(signatures=[changed(forged, key=one.key)])))


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_list_leaves_a_file_out_and_keeps_the_old_signature(site: Site) -> None:
    site.forge(encode(changed(site.release, files=site.release.files[:-1])))


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_list_has_the_digest_of_a_forged_page_and_the_old_signature(site: Site) -> None:
    forged = b"<p>forged</p>"
    files = [
        ReleasedFile(path=PAGE, sha256=digest(forged), size=len(forged)) if file.path == PAGE else file
        for file in site.release.files
    ]
    site.forge(encode(changed(site.release, files=files)))
    site.write(PAGE, forged)


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_expiry_is_put_off(site: Site) -> None:
    site.forge(encode(changed(site.release, expires=site.release.expires + timedelta(days=1000))))


@tampering(r"^release.json.sig holds no valid signature\.$")
def the_version_is_raised(site: Site) -> None:
    site.point(version=99)
    site.forge(encode(changed(site.release, version=99)))


@tampering(r"^release.json.sig holds no valid signature\.$")
def a_withdrawal_is_taken_out(site: Site) -> None:
    site.forge(encode(changed(site.release, project="Sample FAQ ")))


@tampering(r"^release.json.sig is signed with no key that is trusted here\.$")
def everything_is_forged_and_signed_with_another_key(site: Site) -> None:
    site.resign(changed(site.release, version=3), key="attacker")


# ---- the pointer


@tampering(r"^current is missing\.$")
def the_pointer_is_removed(site: Site) -> None:
    (site.root / "current").unlink()


@tampering(r"^current is not a pointer to a release: ")
def the_pointer_is_emptied(site: Site) -> None:
    (site.root / "current").write_bytes(b"")


@tampering(r"^current is not a pointer to a release: ")
def the_pointer_is_half_written(site: Site) -> None:
    (site.root / "current").write_bytes((site.root / "current").read_bytes()[:40])


@tampering(r"^current is not a pointer to a release: ")
def the_pointer_is_not_text(site: Site) -> None:
    (site.root / "current").write_bytes(b"\xff\xfe\x00")


@tampering(r"^current is not a pointer to a release: ")
def the_pointer_leads_out_of_the_target(site: Site) -> None:
    (site.root / "current").write_bytes(b'{"digest": "../../../etc", "version": 2, "signed": true}')


@tampering(r"^current is not a pointer to a release: it is not spelt as the pipeline spells it\.$")
def the_pointer_names_two_releases(site: Site) -> None:
    data = (site.root / "current").read_bytes()
    before = site.release.earlier[0].digest.encode()
    (site.root / "current").write_bytes(data.replace(b"{\n", b'{\n  "digest": "%s",\n' % before))


@tampering(r"^current is not a pointer to a release: Object contains unknown field")
def the_pointer_says_more_than_it_should(site: Site) -> None:
    data = (site.root / "current").read_bytes()
    (site.root / "current").write_bytes(data.replace(b"true\n", b'true,\n  "url": "https://evil.example"\n'))


@tampering(r"^current is larger than 4,096 bytes\.$")
def the_pointer_is_huge(site: Site) -> None:
    (site.root / "current").write_bytes(b" " * 100_000)


@tampering(r"^release.json is missing\.$")
def the_pointer_names_a_release_that_is_not_there(site: Site) -> None:
    site.point(digest="0" * 64)


@tampering(r"^current says version 7, the release it names is version 2\.$")
def the_pointer_says_a_higher_version(site: Site) -> None:
    site.point(version=7)


@tampering(r"^current says version 1, the release it names is version 2\.$")
def the_pointer_says_a_lower_version(site: Site) -> None:
    site.point(version=1)


@tampering(r"^current is missing\.$")
def the_pointer_becomes_a_link(site: Site) -> None:
    (site.root / "current").rename(site.root / "elsewhere")
    (site.root / "current").symlink_to("elsewhere")


@tampering(r"^release.json is version 1, older than version 2 that was seen here before\.$")
def the_pointer_is_turned_back_to_the_release_before(site: Site) -> None:
    before = site.release.earlier[0]
    site.point(digest=before.digest, version=before.version)


@tampering(r"^release.json is not the one with the digest")
def a_release_is_renamed_to_the_digest_of_another(site: Site) -> None:
    before = site.root / "releases" / site.release.earlier[0].digest
    shutil.rmtree(site.folder)
    before.rename(site.folder)


@tampering(r"^release.json is missing\.$")
def the_release_is_removed(site: Site) -> None:
    shutil.rmtree(site.folder)


@tampering(r"^release.json is of the project 'Other FAQ', not of 'Sample FAQ'\.$")
def the_release_is_that_of_another_project_with_the_same_key(site: Site) -> None:
    site.resign(changed(site.release, project="Other FAQ", version=9))
    site.point(version=9)


@tampering(r"^release.json is another release with the version 2 that was seen here before\.$")
def there_are_two_releases_with_one_version(site: Site) -> None:
    site.resign(changed(site.release, published=site.release.published + timedelta(seconds=1)))


# ---- releases that a publisher has signed, but should not have


@tampering(r"^release.json has expired on 2026-11-2\d .*: newer releases do not get here, or nobody publishes\.$")
def the_release_has_expired(site: Site) -> None:
    site.resign(changed(site.release, published=NOW - timedelta(days=9), expires=NOW))


@tampering(r"^release.json was published in the future, on 2026-11-23 12:00\.$")
def the_release_comes_from_the_future(site: Site) -> None:
    site.resign(changed(site.release, published=NOW + timedelta(days=1)))


@tampering(r"^release.json expires before it was published\.$")
def the_release_expires_before_it_was_published(site: Site) -> None:
    site.resign(
        changed(site.release, published=NOW + timedelta(minutes=5), expires=NOW + timedelta(minutes=4)),
    )


@tampering(r"^release.json is not a release that this version can read: ")
def a_path_leads_out_of_the_release(site: Site) -> None:
    manifest = site.read("release.json").replace(b'"de-AT/flu.html"', b'"../../current"')
    site.forge(manifest, signature=sign(manifest, [signing_key()]))


@tampering(r"^release.json is not a release that this version can read: ")
def a_path_is_absolute(site: Site) -> None:
    manifest = site.read("release.json").replace(b'"de-AT/flu.html"', b'"/etc/hostname"')
    site.forge(manifest, signature=sign(manifest, [signing_key()]))


@tampering(r"^release.json is not a release that this version can read: it is not spelt")
def the_list_says_a_thing_twice(site: Site) -> None:
    manifest = site.read("release.json").replace(b'{\n  "type"', b'{\n  "version": 9,\n  "type"')
    site.forge(manifest, signature=sign(manifest, [signing_key()]))


@tampering(r"^release.json is not a release that this version can read: ")
def another_kind_of_file_was_signed_with_the_key(site: Site) -> None:
    manifest = b'{\n  "type": "faq-approval"\n}\n'
    site.forge(manifest, signature=sign(manifest, [signing_key()]))


@tampering(r"^release.json is not a release that this version can read: ")
def the_release_is_of_a_later_format(site: Site) -> None:
    manifest = site.read("release.json").replace(b'"formatVersion": "1.0"', b'"formatVersion": "2.0"')
    site.forge(manifest, signature=sign(manifest, [signing_key()]))


@tampering(r"^release.json lists a file twice, or two that differ in capitals alone\.$")
def a_file_is_listed_twice(site: Site) -> None:
    site.resign(changed(site.release, files=[*site.release.files, site.release.files[-1]]))


@tampering(r"^release.json lists a file twice, or two that differ in capitals alone\.$")
def two_paths_differ_in_capitals_alone(site: Site) -> None:
    site.resigned_files({"DE-AT/flu.html": site.read(PAGE)})


@tampering(r"^release.json lists itself\.$")
def the_list_lists_itself(site: Site) -> None:
    itself = ReleasedFile(path="release.json", sha256="0" * 64, size=1)
    site.resign(changed(site.release, files=[*site.release.files, itself]))


@tampering(r"^release.json does not list index.json\.$")
def the_list_has_no_index(site: Site) -> None:
    site.resigned_files({"index.json": None, "index.json.gz": None, "index.json.br": None, "index.json.zst": None})


@tampering(r"^release.json lists more than 1,000,000,000 bytes\.$")
def the_list_is_of_more_bytes_than_anybody_should_read(site: Site) -> None:
    huge = [ReleasedFile(path=f"huge/{number}.json", sha256="0" * 64, size=60_000_000) for number in range(20)]
    site.resign(changed(site.release, files=[*site.release.files, *huge]))


@tampering(r"^de-AT/flu.html is named by index.json and is not part of the release\.$")
def the_index_names_a_page_that_was_left_out(site: Site) -> None:
    site.resigned_files({PAGE: None, PAGE + ".gz": None, PAGE + ".br": None, PAGE + ".zst": None})


@tampering(r"^de-AT/flu.json is another file than index.json says\.$")
def a_signed_file_is_not_the_one_of_the_index(site: Site) -> None:
    site.resigned_files({BUNDLE: b"{}\n"})


@tampering(r"^de-AT/notes.txt is part of the release, but index.json does not name it\.$")
def a_file_is_signed_that_the_index_does_not_name(site: Site) -> None:
    site.resigned_files({"de-AT/notes.txt": b"to whom it may concern\n"})


@tampering(r"^index.json is not an index: ")
def the_index_is_signed_and_no_index(site: Site) -> None:
    site.resigned_files({"index.json": b"[]\n"})


@tampering(r"^de-AT/flu.html.gz does not unpack to de-AT/flu.html\.$")
def a_signed_variant_unpacks_to_something_else(site: Site) -> None:
    site.resigned_files({PAGE + ".gz": gzip.compress(b"<p>something else</p>", mtime=0)})


@tampering(r"^de-AT/flu.html.br does not unpack to de-AT/flu.html\.$")
def a_signed_brotli_variant_is_none(site: Site) -> None:
    site.resigned_files({PAGE + ".br": b"not brotli"})


@tampering(r"^de-AT/flu.html.zst does not unpack to de-AT/flu.html\.$")
def a_signed_zstandard_variant_is_none(site: Site) -> None:
    site.resigned_files({PAGE + ".zst": b"not zstandard"})


@tampering(r"^index.json lists en-XA, a pseudo-locale, which is never published\.$")
def a_pseudo_locale_was_published(site: Site) -> None:
    files = export("first", ("en-XA",), pseudo=True)
    site.resigned_files({**dict.fromkeys((file.path for file in site.release.files), None), **files})
    for locale in ("de-AT", "en-US"):
        (site.folder / locale).rmdir()


def _withdrawal(**values: object) -> Withdrawal:
    return Withdrawal(
        **{
            "document": "flu",
            "locale": "de-AT",
            "reason": "Wrong dose",
            "by": "Dr. Example",
            "when": NOW,
            "tombstones": [],
            **values,
        }  # type: ignore[arg-type]
    )


@tampering(r"^index.json lists flu in de-AT, which is withdrawn\.$")
def a_withdrawn_bundle_is_still_there(site: Site) -> None:
    site.resign(changed(site.release, withdrawn=[_withdrawal()]))


@tampering(r"^de-AT/flu.json should say that the bundle is withdrawn\.$")
def a_tombstone_is_missing(site: Site) -> None:
    site.resign(changed(site.release, withdrawn=[_withdrawal(document="old", tombstones=[BUNDLE])]))


@tampering(r"^de-AT/old.json should say that the bundle is withdrawn\.$")
def a_tombstone_is_that_of_another_bundle(site: Site) -> None:
    stone = Tombstone(withdrawn=True, document="cold", locale="de-AT", reason="x", by="y", when=NOW)
    site.resign(changed(site.release, withdrawn=[_withdrawal(document="old", tombstones=["de-AT/old.json"])]))
    site.resigned_files({"de-AT/old.json": encode(stone)})


# ----


@cache
def _pristine(folder: Path) -> Directory:
    target, _ = published(folder, "older", "first")
    return target


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return _pristine(tmp_path_factory.mktemp("pristine"))


@pytest.fixture
def site(pristine: Directory, tmp_path: Path) -> Site:
    shutil.copytree(pristine.root, tmp_path / "site")
    return Site(tmp_path / "site")


def _seen(pristine: Directory) -> Trust:
    verdict = judged(pristine)
    assert verdict.release is not None
    return replace(TRUST, remembered=Remembered(project=PROJECT, version=2, digest=verdict.digest))


def test_there_are_at_least_sixty_tamperings() -> None:
    assert len(TAMPERINGS) >= 60


def test_what_was_published_is_accepted(pristine: Directory) -> None:
    verdict = judged(pristine, _seen(pristine))
    assert said(verdict) == []
    assert verdict.release is not None
    assert verdict.complete


@pytest.mark.parametrize(("tamper", "sentence"), TAMPERINGS)
def test_a_tampered_release_is_refused_with_a_clear_sentence(
    pristine: Directory, site: Site, tamper: Tamper, sentence: str
) -> None:
    tamper(site)
    verdict = verify_target(Directory(site.root), _seen(pristine))
    sentences = said(verdict)
    assert any(re.search(sentence, told) for told in sentences), sentences
    for told in sentences:
        assert "\n" not in told
        assert told.endswith(".")
        assert len(told) < 200


@given(data=st.data())
@cases(60)
def test_a_flipped_bit_anywhere_in_a_release_is_refused(pristine: Directory, data: st.DataObject) -> None:
    """Whichever file, whichever bit: the release is not accepted."""
    site = Site(pristine.root)
    names = sorted(path for path in site.folder.rglob("*") if path.is_file())
    place = data.draw(st.sampled_from([*names, pristine.root / "current"]))
    before = place.read_bytes()
    bit = data.draw(st.integers(0, len(before) * 8 - 1))
    flipped = bytearray(before)
    flipped[bit // 8] ^= 1 << bit % 8
    try:
        place.write_bytes(flipped)
        verdict = judged(pristine)
    finally:
        place.write_bytes(before)
    assert verdict.problems, f"{place.name}, bit {bit}"


# ---- verdicts


def test_one_release_can_be_judged_without_its_target(pristine: Directory) -> None:
    folder = Site(pristine.root).folder
    assert said(verify_release(Folder(folder), TRUST)) == []


def test_a_release_that_is_not_the_expected_one_is_refused(pristine: Directory) -> None:
    verdict = verify_release(Folder(Site(pristine.root).folder), TRUST, expected="0" * 64)
    assert said(verdict) == ["release.json is not the one with the digest 0000000000000000…."]


def test_nothing_that_is_not_proven_is_told(site: Site) -> None:
    site.remove("release.json.sig")
    assert judged(Directory(site.root)).release is None


def test_signatures_are_ignored_only_where_that_is_asked_for(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    publish(target, content(), UNSIGNED)
    assert said(judged(target)) == ["release.json.sig is missing, so the release is not signed."]
    assert said(judged(target, replace(TRUST, keys=None))) == []


def test_either_of_two_keys_is_enough_while_keys_change(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    publish(target, content(), seal("publisher", "successor"))
    for trusted in ("publisher", "successor"):
        assert said(judged(target, replace(TRUST, keys=(public_key(trusted),)))) == []
    assert judged(target, replace(TRUST, keys=(public_key("attacker"),))).problems


def test_a_release_is_good_until_the_moment_that_it_expires(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    publish(target, content(), seal(days=1))
    assert said(judged(target, replace(TRUST, now=NOW + timedelta(hours=23, minutes=59)))) == []
    assert judged(target, replace(TRUST, now=NOW + timedelta(days=1))).problems


def test_a_newer_release_than_the_remembered_one_is_accepted(pristine: Directory) -> None:
    older = Remembered(project=PROJECT, version=1, digest="0" * 64)
    assert said(judged(pristine, replace(TRUST, remembered=older))) == []


def test_the_private_key_stands_nowhere_in_what_is_published(pristine: Directory) -> None:
    secret = b"".join(pem().split(b"\n")[1:-2])
    files = [path for path in pristine.root.rglob("*") if path.is_file()]
    assert not any(secret in path.read_bytes() for path in files)
