// The JSON of exports, version 1.2. Generated from pipeline/model/bundle.py.

/**
 * The same document in another edition; paths are relative to this bundle's folder.
 */
export interface Alternate {
  "lang": string;
  "json": string;
  "html": string;
}

/**
 * Where the document stands in this locale; signatures has one record for each role that signed.
 *
 * state: `draft` (nobody signed), `approved` (every signature holds) or `stale` (something has changed since).
 */
export interface Approval {
  "state": "approved" | "draft" | "stale";
  "signatures": ApprovalSignature[];
}

/**
 * The last approval that a role has given: by whom, when and what it means, with its code if it has one.
 *
 * digest is that of what was approved, record that of the line of the approvals record. changed names what
 * has changed since; while it is empty the approval holds.
 */
export interface ApprovalSignature {
  "role": string;
  "by": string;
  "meaning": string;
  "code": string;
  "when": string;
  "digest": string;
  "record": string;
  "changed": ("citations" | "disclaimers" | "source" | "templates" | "translation")[];
}

/**
 * One document in one locale; pseudo marks one of a pseudo-locale, which is never published.
 *
 * updated is the day that the authors give for the English; modified is when the words of this bundle were last
 * changed, by what its sources say of themselves (missing before version 1.2).
 */
export interface Bundle {
  "$schema": string;
  "schemaVersion": string;
  "document": string;
  "locale": string;
  "lang": string;
  "dir": "ltr" | "rtl";
  "market": string;
  "pseudo": boolean;
  "status": "approved" | "draft" | "sample";
  "statusText": Label | null;
  "audience": string;
  "updated": string;
  "modified"?: string;
  "title": RichText;
  "lead": RichText;
  "entries": EntryRecord[];
  "footnotes": FootnoteRecord[];
  "references": ReferenceRecord[];
  "disclaimers": DisclaimerRecord[];
  "alternates": Alternate[];
  "provenance": Provenance;
}

/**
 * A bundle in the index; alternates are the other locales of the document.
 *
 * current is false where the last run refused the locale or the document and an earlier export stands.
 */
export interface BundleRecord {
  "document": string;
  "locale": string;
  "dir": "ltr" | "rtl";
  "market": string;
  "pseudo": boolean;
  "status": string;
  "title": string;
  "updated": string;
  "modified"?: string;
  "current": boolean;
  "completeness": Completeness;
  "files": ExportedFile[];
  "alternates": string[];
}

/**
 * A superscript such as `3,6-8`; references has the keys of the records in the order of numbers.
 *
 * parts has one record for each link, with a comma between them; missing before version 1.2.
 */
export interface Citation {
  "_type": "citation";
  "_key": string;
  "text": string;
  "numbers": number[];
  "references": string[];
  "marks": string[];
  "parts"?: CitationPart[];
}

/**
 * A link of a citation, such as `6-8` of `3,6-8`.
 *
 * label is what a screen reader should say; anchor is its id in the HTML, target that of its first reference.
 */
export interface CitationPart {
  "text": string;
  "label": string;
  "anchor": string;
  "target": string;
}

/**
 * How many messages the bundle shows, and how many of them are translated or stand in the English source.
 */
export interface Completeness {
  "messages": number;
  "translated": number;
  "source": number;
}

/**
 * A text authored for this locale; entry is the id of the entry that it follows where placement is after-entry.
 */
export interface DisclaimerRecord {
  "id": string;
  "placement": "after-entry" | "page-end" | "page-top";
  "entry": string | null;
  "body": RichText;
  "audience": string;
  "source": string;
  "asOf": string;
  "approval": string;
  "effective": string;
  "expires": string;
  "sample": boolean;
}

/**
 * A question with its answer; markets is empty where the entry is for every market.
 */
export interface EntryRecord {
  "id": string;
  "question": RichText;
  "answer": RichText;
  "markets": string[];
}

/**
 * A file of the export; path is relative to the index, size in bytes.
 */
export interface ExportedFile {
  "path": string;
  "sha256": string;
  "size": number;
}

/**
 * A file of the content repository and the SHA-256 of its bytes.
 */
export interface FileDigest {
  "file": string;
  "sha256": string;
}

/**
 * A superscript footnote mark; footnote is the id of the note.
 *
 * label is what a screen reader should say; anchor is its id in the HTML, target that of the note. These three are
 * missing before version 1.2.
 */
export interface FootnoteMark {
  "_type": "footnoteMark";
  "_key": string;
  "text": string;
  "footnote": string;
  "marks": string[];
  "label"?: string;
  "anchor"?: string;
  "target"?: string;
}

/**
 * A note; anchor is its id in the HTML.
 */
export interface FootnoteRecord {
  "id": string;
  "mark": string;
  "anchor": string;
  "note": RichText;
}

/**
 * Every bundle of the export; written last.
 */
export interface Index {
  "$schema": string;
  "schemaVersion": string;
  "bundles": BundleRecord[];
  "assets": ExportedFile[];
}

/**
 * A word of the page itself, from the ui catalogs.
 */
export interface Label {
  "text": string;
  "lang": string;
  "dir": "ltr" | "rtl";
  "origin": TextOrigin;
}

/**
 * The target of a link; site-relative targets begin with a slash.
 */
export interface LinkMark {
  "_type": "link";
  "_key": string;
  "href": string;
}

/**
 * A safety text that must be shown at its place; label is its heading in the page's language.
 */
export interface NoticeBlock {
  "_type": "notice";
  "_key": string;
  "id": string;
  "label": Label;
  "content": (TextBlock | TableBlock)[];
}

/**
 * What the bundle was made from, and who approved it.
 *
 * source, references and disclaimers are digests of files. wordings is the SHA-256 of the id, source and
 * words of every message of this bundle as compact JSON; layout that of the templates and the style sheet.
 * approval is missing in bundles of version 1.0.
 */
export interface Provenance {
  "source": FileDigest;
  "references": FileDigest;
  "disclaimers": FileDigest;
  "wordings": string;
  "layout": string;
  "approval"?: Approval;
}

/**
 * A bibliographic record, the same bytes in every locale; anchor is its id in the HTML.
 */
export interface ReferenceRecord {
  "key": string;
  "number": number;
  "text": string;
  "lang": "en";
  "dir": "ltr";
  "anchor": string;
}

/**
 * One text in three forms: the words alone, HTML, and Portable Text; origin has one record per message.
 */
export interface RichText {
  "text": string;
  "html": string;
  "content": (TextBlock | TableBlock | NoticeBlock)[];
  "lang": string;
  "dir": "ltr" | "rtl";
  "origin": TextOrigin[];
}

/**
 * Text; marks are `em`, `strong` or the _key of a markDef.
 */
export interface Span {
  "_type": "span";
  "_key": string;
  "text": string;
  "marks": string[];
}

/**
 * A table with one heading row; alignments has one value per column, empty for the default.
 */
export interface TableBlock {
  "_type": "table";
  "_key": string;
  "header": TableRow;
  "rows": TableRow[];
  "alignments": ("" | "center" | "left" | "right")[];
}

/**
 * Cells in the order of the columns.
 */
export interface TableRow {
  "_type": "row";
  "_key": string;
  "cells": TextBlock[];
}

/**
 * A paragraph or list item (Portable Text block).
 */
export interface TextBlock {
  "_type": "block";
  "_key": string;
  "style": "normal";
  "children": (Span | Citation | FootnoteMark)[];
  "markDefs": LinkMark[];
  "listItem"?: "bullet" | "number" | null;
  "level"?: number | null;
}

/**
 * Where the words of one message came from.
 *
 * kind: `translated` (from a catalog), `source` (the English itself), `locale` (authored for the locale) or
 * `pseudo` (made up from the English). locale is that of the words; file holds them; source is file:line of
 * the English, or of the text itself.
 */
export interface TextOrigin {
  "id": string;
  "kind": "locale" | "pseudo" | "source" | "translated";
  "locale": string;
  "file": string;
  "source": string;
}
