// Renders the Portable Text of bundles with the renderers that sites use: the names of files on the command line, JSON
// out: for each rich text where it stands, its html, and the same made from its content by each renderer.
import { readFile } from "node:fs/promises";
import { toHTML, escapeHTML } from "@portabletext/to-html";
import { PortableText } from "@portabletext/react";
import { createElement, Fragment } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const link = (part) => ({
  id: part.anchor,
  href: `#${part.target}`,
  role: "doc-noteref",
  "aria-label": part.label,
});

// @portabletext/to-html

const attributes = (values) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeHTML(value)}"`)
    .join("");
const anchor = (part) => `<a${attributes(link(part))}>${escapeHTML(part.text)}</a>`;
const rows = (records, tag) =>
  records
    .map(({ cells }) => `<tr>${cells.map((cell) => `<${tag}>${html([cell], true)}</${tag}>`).join("")}</tr>`)
    .join("");

const plain = {
  types: {
    citation: ({ value }) => `<sup class="faq-citation" dir="ltr">${value.parts.map(anchor).join(",")}</sup>`,
    footnoteMark: ({ value }) => `<sup class="faq-mark" dir="ltr">${anchor(value)}</sup>`,
    notice: ({ value }) => {
      const label = `faq-notice-label_${value.id}`;
      const heading = `<p class="faq-notice-label" id="${label}">${escapeHTML(value.label.text)}</p>`;
      return `<aside class="faq-notice" id="faq-notice-${value.id}" aria-labelledby="${label}">${heading}${html(value.content)}</aside>`;
    },
    table: ({ value }) =>
      `<div class="faq-table" tabindex="0"><table><thead>${rows([value.header], 'th scope="col"').replaceAll('</th scope="col">', "</th>")}</thead><tbody>${rows(value.rows, "td")}</tbody></table></div>`,
  },
};
const bare = { ...plain, block: ({ children }) => children };

function html(content, inline = false) {
  return toHTML(content, { components: inline ? bare : plain, onMissingComponent: fail });
}

// @portabletext/react

const h = createElement;
const reactAnchor = (part) => h("a", { key: part.anchor, ...link(part) }, part.text);
const reactRow = (record, tag, more) =>
  h("tr", { key: record._key }, ...record.cells.map((cell) => h(tag, { key: cell._key, ...more }, react([cell], true))));

const components = {
  types: {
    citation: ({ value }) =>
      h("sup", { className: "faq-citation", dir: "ltr" }, ...value.parts.flatMap((part, n) => (n ? [",", reactAnchor(part)] : [reactAnchor(part)]))),
    footnoteMark: ({ value }) => h("sup", { className: "faq-mark", dir: "ltr" }, reactAnchor(value)),
    notice: ({ value }) => {
      const label = `faq-notice-label_${value.id}`;
      return h(
        "aside",
        { className: "faq-notice", id: `faq-notice-${value.id}`, "aria-labelledby": label },
        h("p", { className: "faq-notice-label", id: label }, value.label.text),
        react(value.content),
      );
    },
    table: ({ value }) =>
      h(
        "div",
        { className: "faq-table", tabIndex: 0 },
        h(
          "table",
          null,
          h("thead", null, reactRow(value.header, "th", { scope: "col" })),
          h("tbody", null, ...value.rows.map((row) => reactRow(row, "td"))),
        ),
      ),
  },
};
const bareComponents = { ...components, block: ({ children }) => h(Fragment, null, children) };

function react(content, inline = false) {
  return h(PortableText, { value: content, components: inline ? bareComponents : components, onMissingComponent: fail });
}

// Both

function fail(message) {
  throw new Error(message);
}

function* texts(bundle) {
  yield ["title", bundle.title, true];
  yield ["lead", bundle.lead, false];
  for (const entry of bundle.entries) {
    yield [`${entry.id}/question`, entry.question, true];
    yield [`${entry.id}/answer`, entry.answer, false];
  }
  for (const footnote of bundle.footnotes) yield [`footnote/${footnote.id}`, footnote.note, true];
  for (const disclaimer of bundle.disclaimers) yield [`disclaimer/${disclaimer.id}`, disclaimer.body, false];
}

const found = [];
for (const file of process.argv.slice(2)) {
  const bundle = JSON.parse(await readFile(file, "utf8"));
  for (const [where, text, inline] of texts(bundle)) {
    found.push({
      file,
      where,
      html: text.html,
      renderings: {
        "@portabletext/to-html": html(text.content, inline),
        "@portabletext/react": renderToStaticMarkup(react(text.content, inline)),
      },
    });
  }
}
console.log(JSON.stringify(found));
