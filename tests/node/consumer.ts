// A site that reads every field of the exports. Each record is taken apart to its last field: `nothing` refuses what is
// left over, so a field that is new or renamed does not compile until it is read here.
import type * as types from "../../exports/schema/bundle.js";

export const nothing = (rest: Record<string, never>): string => Object.keys(rest).join();
const never = (value: never): string => String(value);
const all = <Item>(items: readonly Item[], read: (item: Item) => string): string => items.map(read).join("\n");
const said = (...values: readonly (string | number | boolean | null | undefined)[]): string => values.join(" ");

export function bundle(found: types.Bundle): string {
  const { $schema, schemaVersion, document, locale, lang, dir, market, pseudo, status, ...texts } = found;
  const { statusText, audience, updated, modified, title, lead, entries, footnotes, references, ...more } = texts;
  const { disclaimers, alternates, provenance: made, ...rest } = more;
  const direction: "ltr" | "rtl" = dir;
  const approved: boolean = status === "approved";
  return [
    said($schema, schemaVersion, document, locale, lang, direction, market, pseudo, approved, audience),
    new Date(modified ?? updated).toISOString(),
    statusText === null ? "" : label(statusText),
    rich(title),
    rich(lead),
    all(entries, entry),
    all(footnotes, footnote),
    all(references, reference),
    all(disclaimers, disclaimer),
    all(alternates, alternate),
    provenance(made),
    nothing(rest),
  ].join("\n");
}

function entry({ id, question, answer, markets, ...rest }: types.EntryRecord): string {
  return said(id, rich(question), rich(answer), markets.join(), nothing(rest));
}

function footnote({ id, mark, anchor, note, ...rest }: types.FootnoteRecord): string {
  return said(id, mark, anchor, rich(note), nothing(rest));
}

function reference({ key, number, text, lang, dir, anchor, ...rest }: types.ReferenceRecord): string {
  const english: "en" = lang;
  const direction: "ltr" = dir;
  return said(key, number.toFixed(), text, english, direction, anchor, nothing(rest));
}

function disclaimer({ id, placement, entry, body, audience, source, ...more }: types.DisclaimerRecord): string {
  const { asOf, approval, effective, expires, sample, ...rest } = more;
  switch (placement) {
    case "page-top":
    case "page-end":
    case "after-entry":
      return said(id, entry, rich(body), audience, source, asOf, approval, effective, expires, sample, nothing(rest));
    default:
      return never(placement);
  }
}

function alternate({ lang, json, html, ...rest }: types.Alternate): string {
  return said(lang, json, html, nothing(rest));
}

function provenance({ source, references, disclaimers, wordings, layout, approval, ...rest }: types.Provenance): string {
  const files = all([source, references, disclaimers], ({ file, sha256, ...more }) => said(file, sha256, nothing(more)));
  return said(files, wordings, layout, approval === undefined ? "" : approved(approval), nothing(rest));
}

function approved({ state, signatures, ...rest }: types.Approval): string {
  const signed = all(signatures, ({ role, by, meaning, code, when, digest, record, changed, ...more }) =>
    said(role, by, meaning, code, new Date(when).toISOString(), digest, record, changed.join(), nothing(more)),
  );
  switch (state) {
    case "draft":
    case "approved":
    case "stale":
      return said(signed, nothing(rest));
    default:
      return never(state);
  }
}

function rich({ text, html, content, lang, dir, origin: from, ...rest }: types.RichText): string {
  return said(text, html, all(content, block), lang, dir, all(from, origin), nothing(rest));
}

function label({ text, lang, dir, origin: from, ...rest }: types.Label): string {
  return said(text, lang, dir, origin(from), nothing(rest));
}

function origin({ id, kind, locale, file, source, ...rest }: types.TextOrigin): string {
  switch (kind) {
    case "translated":
    case "source":
    case "locale":
    case "pseudo":
      return said(id, locale, file, source, nothing(rest));
    default:
      return never(kind);
  }
}

function block(found: types.RichText["content"][number]): string {
  switch (found._type) {
    case "block": {
      const { _type, _key, style, children, markDefs, listItem, level, ...rest } = found;
      const kind: "bullet" | "number" | null | undefined = listItem;
      return said(_type, _key, style, all(children, child), all(markDefs, link), kind, level, nothing(rest));
    }
    case "table": {
      const { _type, _key, header, rows, alignments, ...rest } = found;
      return said(_type, _key, row(header), all(rows, row), alignments.join(), nothing(rest));
    }
    case "notice": {
      const { _type, _key, id, label: heading, content, ...rest } = found;
      return said(_type, _key, id, label(heading), all(content, block), nothing(rest));
    }
    default:
      return never(found);
  }
}

function row({ _type, _key, cells, ...rest }: types.TableRow): string {
  return said(_type, _key, all(cells, block), nothing(rest));
}

function link({ _type, _key, href, ...rest }: types.LinkMark): string {
  return said(_type, _key, href, nothing(rest));
}

function child(found: types.TextBlock["children"][number]): string {
  switch (found._type) {
    case "span": {
      const { _type, _key, text, marks, ...rest } = found;
      return said(_type, _key, text, marks.join(), nothing(rest));
    }
    case "citation": {
      const { _type, _key, text, numbers, references, marks, parts = [], ...rest } = found;
      const links = all(parts, ({ text, label, anchor, target, ...more }) =>
        said(text, label, anchor, target, nothing(more)),
      );
      return said(_type, _key, text, numbers.join(), references.join(), marks.join(), links, nothing(rest));
    }
    case "footnoteMark": {
      const { _type, _key, text, footnote, marks, label, anchor, target, ...rest } = found;
      return said(_type, _key, text, footnote, marks.join(), label, anchor, target, nothing(rest));
    }
    default:
      return never(found);
  }
}

export function index({ $schema, schemaVersion, bundles, assets, ...rest }: types.Index): string {
  return said($schema, schemaVersion, all(bundles, record), all(assets, file), nothing(rest));
}

function record({ document, locale, dir, market, pseudo, status, title, updated, ...more }: types.BundleRecord): string {
  const { modified, current, completeness, files, alternates, ...rest } = more;
  const { messages, translated, source, ...counts } = completeness;
  return [
    said(document, locale, dir, market, pseudo, status, title, updated, modified, current),
    said(messages.toFixed(), translated.toFixed(), source.toFixed(), nothing(counts)),
    said(all(files, file), alternates.join(), nothing(rest)),
  ].join("\n");
}

function file({ path, sha256, size, ...rest }: types.ExportedFile): string {
  return said(path, sha256, size.toFixed(), nothing(rest));
}
