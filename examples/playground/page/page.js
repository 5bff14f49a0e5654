// The page: it asks the engine on every change, and shows what it says.
import init, { explain, check } from "./engine.js";
import { gallery } from "./gallery.js";

const load = () => init({ module_or_path: new URL("engine_bg.wasm", import.meta.url) });

const $ = (id) => document.getElementById(id);
const source = $("source");
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// --- The engine. A trap ends a module: it is loaded anew, and the page says so.
async function ask(question) {
  try {
    return JSON.parse(question());
  } catch (error) {
    await load();
    return { functions: [], results: [], errors: [{ message: `the engine failed, which is a bug of matgrad: ${error.message}`, start: 0, end: 0, line: 1, column: 1 }] };
  }
}

// --- The source, and the fragment that holds it.
const toFragment = (text) => {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};
const fromFragment = (fragment) => {
  const binary = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
};
function fromLocation() {
  try {
    const fragment = location.hash.slice(1);
    return fragment ? fromFragment(fragment) : null;
  } catch {
    return null; // no link of ours
  }
}

// --- What the engine says.
function underline(errors) {
  const text = source.value;
  const marks = $("marks");
  marks.replaceChildren();
  let at = 0;
  for (const { start, end, message } of [...errors].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    marks.append(text.slice(at, start), make("mark", { title: message }, text.slice(start, Math.max(end, start + 1)) || " "));
    at = Math.max(end, start + 1);
  }
  marks.append(text.slice(at), "\n");
  follow();
}
function follow() {
  $("marks").scrollTop = source.scrollTop;
  $("marks").scrollLeft = source.scrollLeft;
}
function list(errors) {
  const items = errors.map(({ message, line, column, start, end }) => {
    const words = message.split("`").map((part, i) => (i % 2 ? make("code", {}, part) : part));
    const button = make("button", { type: "button" }, make("b", {}, `${line}:${column}`), ...words);
    button.addEventListener("click", () => {
      source.focus();
      source.setSelectionRange(start, end);
    });
    return make("li", {}, button);
  });
  $("errors").replaceChildren(...items);
  source.setAttribute("aria-invalid", String(errors.length > 0));
}

const math = ({ mathml, plain }) => {
  const element = new DOMParser().parseFromString(`<math displaystyle="true">${mathml}</math>`, "text/html").querySelector("math");
  element.setAttribute("aria-label", plain);
  return document.importNode(element, true);
};
function formulas({ equations, definitions }) {
  const row = ({ left, right }, name, sign) =>
    make("tr", { className: name }, make("th", { scope: "row" }, sign, math(left)), make("td", {}, "="), make("td", {}, math(right)));
  const rows = equations.map((e) => row(e, "", ""));
  rows.push(...definitions.map((d, i) => row(d, i ? "where" : "where first", i ? "" : "where ")));
  return make("table", {}, make("tbody", {}, ...rows));
}
function highlighted(code) {
  const words = /(\/\/.*)|\b(pub|fn|let|mut|for|in|if|else|match|return|as|impl|use|where|move)\b|\b(\d[\d_.]*(?:f32|f64)?)\b/g;
  const parts = [];
  let at = 0;
  for (const match of code.matchAll(words)) {
    parts.push(code.slice(at, match.index), make("span", { className: match[1] ? "c" : match[2] ? "k" : "n" }, match[0]));
    at = match.index + match[0].length;
  }
  parts.push(code.slice(at));
  return parts;
}
const facts = ({ shapes, cost }) => {
  const parts = [];
  if (shapes.length) parts.push(`Shapes: ${shapes.map((s) => `${s.name} ${s.shape}`).join(", ")}.`);
  if (cost) parts.push(`Operations: ${cost.value} for the value, ${cost.all} with all derivatives.`);
  return parts.map((p) => make("p", {}, p));
};

// --- The numeric check.
const digits = (x) => (typeof x === "number" ? x.toPrecision(7) : "no number");
function verdict({ error, errors, parameters, results }) {
  if (error || errors) return [make("p", { className: "no" }, error ?? errors[0].message)];
  const entries = (matrix) => matrix.flat();
  const rows = results.map(({ name, derived, differences, largest, agrees }) =>
    make("tr", {},
      make("th", { scope: "row" }, name),
      make("td", {}, entries(derived).slice(0, 6).map(digits).join(", ") + (entries(derived).length > 6 ? ", …" : "")),
      make("td", {}, entries(differences).slice(0, 6).map(digits).join(", ") + (entries(differences).length > 6 ? ", …" : "")),
      make("td", { className: agrees ? "yes" : "no" }, agrees ? `agree to ${largest.toExponential(1)}` : `differ by ${largest.toExponential(1)}`)));
  const head = ["", "derived", "differences", ""].map((text) => make("th", { scope: "col" }, text));
  const sizes = parameters.map(({ name, value }) => (value.flat().length === 1 ? name : `${name} ${value.length}×${value[0]?.length ?? 0}`));
  return [
    make("p", {}, `At random ${sizes.join(", ")}:`),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
  ];
}

async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    place.textContent = "copied";
  } catch {
    place.textContent = "this browser does not let a page copy";
  }
  setTimeout(() => (place.textContent = ""), 2000);
}

let open = new Set(); // which details are, so that typing does not close them
function article(f, index) {
  const shown = $("function").content.cloneNode(true).firstElementChild;
  const find = (name) => shown.querySelector(name);
  find("h3").textContent = `${f.attribute} ${f.name ?? ""}`;
  find(".formulas").append(formulas(f));
  find(".formulas").setAttribute("aria-label", `derivation of ${f.name}`);
  find(".facts").append(...facts(f));
  find(".latex-text").textContent = f.latex;
  find(".code").append(...highlighted(f.code));
  find(".latex").addEventListener("click", () => copy(f.latex, find(".copied")));
  find(".check").addEventListener("click", async () => {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0];
    find(".checked").replaceChildren(...verdict(await ask(() => check(source.value, index, seed))));
  });
  shown.querySelectorAll("details").forEach((details, i) => {
    const key = `${index} ${i}`;
    details.open = open.has(key);
    details.addEventListener("toggle", () => (details.open ? open.add(key) : open.delete(key)));
  });
  return shown;
}

let asked = 0;
async function update() {
  const number = ++asked;
  const start = performance.now();
  const { functions, errors } = await ask(() => explain(source.value));
  if (number !== asked) return;
  const time = performance.now() - start;
  underline(errors);
  list(errors);
  // indices count refused functions too
  $("functions").replaceChildren(...functions.flatMap((f, i) => (f.refused ? [] : [article(f, i)])));
  const count = functions.filter((f) => !f.refused).length;
  const said = count ? `${count} derivation${count > 1 ? "s" : ""}` : errors.length ? "No derivation" : "No annotated function";
  $("status").textContent = `${said}, in ${time.toFixed(1)} ms.`;
  $("status").dataset.time = time;
  // browsers take so many changes of an address and no more
  clearTimeout(settled);
  settled = setTimeout(settle, 300);
}
let settled = 0;
function settle() {
  history.replaceState(null, "", `#${toFragment(source.value)}`);
}

function show(text) {
  source.value = text;
  source.scrollTop = 0;
  return update();
}

gallery.forEach(([name], i) => $("gallery").append(make("option", { value: String(i) }, name)));
$("gallery").prepend(make("option", { value: "", hidden: true }, "your own"));
$("gallery").addEventListener("change", () => show(gallery[Number($("gallery").value)][1]));
$("link").addEventListener("click", () => {
  settle();
  copy(location.href, $("linked"));
});
source.addEventListener("input", () => {
  $("gallery").value = "";
  update();
});
source.addEventListener("scroll", follow);
addEventListener("hashchange", () => {
  const text = fromLocation();
  if (text !== null && text !== source.value) show(text);
});

try {
  await load();
  const linked = fromLocation();
  $("gallery").value = linked === null ? "0" : String(gallery.findIndex(([, text]) => text === linked)).replace("-1", "");
  await show(linked ?? gallery[0][1]);
  document.body.dataset.ready = "yes";
} catch (error) {
  $("status").textContent = `The engine could not be loaded: ${error.message}. A page from a file, without a server, may not load WebAssembly.`;
}
