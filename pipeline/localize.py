"""localize: a Document and the wordings of one locale to a LocalizedDocument."""

from pipeline.errors import PipelineError
from pipeline.model.document import Document
from pipeline.model.edition import Edition, Wording, Words
from pipeline.model.localized import LocalizedDocument, LocalizedText, Origin


def localize(document: Document, edition: Edition, words: Words) -> LocalizedDocument:
    """Put the locale's words in the document's places.

    Raises PipelineError for a message without usable words: what the checks let through is complete, so
    this is the second lock on the same door.
    """
    market = edition.locale.market
    entries = document.market_entries(market)
    disclaimers = edition.shown_disclaimers(document.audience, frozenset(entry.id for entry in entries))
    texts = {message.id: _text(words.by_id[message.id], edition) for message in document.market_messages(market)}
    for disclaimer in disclaimers:
        for message in disclaimer.text:
            texts[message.id] = LocalizedText(
                message=message,
                pattern=message.pattern,
                locale=edition.locale,
                origin=Origin.PSEUDO if edition.locale.is_pseudo else Origin.LOCALE,
                file=message.location.file,
                source=message.location,
            )
    return LocalizedDocument(
        document=document,
        locale=edition.locale,
        entries=entries,
        footnotes=document.market_footnotes(market),
        disclaimers=disclaimers,
        texts=texts,
    )


def _text(wording: Wording, edition: Edition) -> LocalizedText:
    if len(wording.patterns) != 1:
        raise PipelineError(
            f"{wording.message.id} has no text in {edition.locale.gettext}",
            where=str(wording.location),
            hint="run pipeline check",
        )
    return LocalizedText(
        message=wording.message,
        pattern=wording.patterns[0],
        locale=wording.locale,
        origin=wording.origin,
        file=wording.name,
        source=wording.message.location,
    )
