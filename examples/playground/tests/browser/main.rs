//! The page in Chromium. `MATGRAD_PAGE` names the folder that `examples/playground/build` made; without it nothing is looked at.
#![allow(clippy::print_stdout, reason = "what was measured")]

mod driver;

use std::path::PathBuf;

use serde_json::Value;

use driver::{Browser, Server};

const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
const DOWN: char = '\u{e015}';
/// Select all, and delete it.
const CLEAR: &str = "\u{e009}a\u{e000}\u{e017}";

struct Page {
    browser: Browser,
    server: Server,
    folder: PathBuf,
}

impl Page {
    fn source(&self) -> String {
        self.browser.text("document.getElementById('source').value")
    }
    fn formulas(&self) -> Vec<String> {
        let all =
            self.browser.value("[...document.querySelectorAll('.formulas td math')].map(m => m.getAttribute('aria-label'))");
        all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
    fn errors(&self) -> Vec<String> {
        let all = self.browser.value("[...document.querySelectorAll('#errors li')].map(e => e.innerText)");
        all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
    /// What is underlined, and how far down it is.
    fn marks(&self) -> Vec<(String, f64)> {
        let all = self
            .browser
            .value("[...document.querySelectorAll('#marks mark')].map(m => [m.textContent, m.getBoundingClientRect().top])");
        let mark = |m: &Value| Some((m[0].as_str()?.to_owned(), m[1].as_f64()?));
        all.as_array().into_iter().flatten().filter_map(mark).collect()
    }
    fn types(&self, text: &str) {
        self.browser.press("#source", CLEAR);
        self.browser.press("#source", text);
        self.browser.wait(&format!("document.getElementById('source').value === {}", Value::from(text)));
    }
    fn picture(&self, name: &str) {
        let folder = self.folder.with_file_name("playground-pictures");
        std::fs::create_dir_all(&folder).expect("a folder");
        self.browser.picture(&folder.join(name));
    }
}

#[test]
fn page() {
    let Some(folder) = std::env::var_os("MATGRAD_PAGE").map(PathBuf::from) else {
        println!("not looked at: `MATGRAD_PAGE` names no folder");
        return;
    };
    let folder = folder.canonicalize().expect("the folder of the page");
    let server = Server::of(folder.clone());
    let browser = Browser::start(&PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("chromium"));
    let page = Page { browser, server, folder };
    page.browser.open(&page.server.address());
    first_example(&page);
    typed_function(&page);
    errors_move(&page);
    examples_switch(&page);
    links_hold_the_function(&page);
    keyboard_and_screen_reader(&page);
    light_and_dark(&page);
    answers_are_quick(&page);
    let complaints = page.browser.value("window.complaints ?? []");
    assert_eq!(complaints, Value::Array(Vec::new()));
}

fn first_example(page: &Page) {
    assert_eq!(page.formulas(), ["‖x w − y‖² / n", "(2 / n) (x w − y)ᵀ x dw", "(2 / n) xᵀ (x w − y)"]);
    assert_eq!(page.browser.text("document.querySelector('h3').textContent"), "#[grad(w)] mse");
    assert!(page.browser.text("document.querySelector('.facts').innerText").contains("x n×p"));
    assert!(
        page.browser
            .text("document.querySelector('.code').textContent")
            .contains("x.tr_mul(&(x * w - y)) * (2.0 / (x.nrows() as f64))")
    );
    assert!(page.browser.text("document.querySelector('.latex-text').textContent").contains(r"\frac{2}{n}\,x^\top \,(x\,w - y)"));
    // it is typeset: a numerator stands above its denominator, an exponent is higher and smaller than its base
    let above = "(() => { const [a, b] = document.querySelector('.formulas td mfrac').children; \
                 return a.getBoundingClientRect().bottom <= b.getBoundingClientRect().top + 1; })()";
    assert_eq!(page.browser.value(above), true);
    let raised = "(() => { const [a, b] = document.querySelector('.formulas td msup').children; \
                  return b.getBoundingClientRect().bottom < a.getBoundingClientRect().bottom \
                  && b.getBoundingClientRect().left >= a.getBoundingClientRect().right - 1; })()";
    assert_eq!(page.browser.value(raised), true);
    page.browser.click(".check");
    page.browser.wait("document.querySelectorAll('.checked td').length > 0");
    assert!(page.browser.text("document.querySelector('.checked').innerText").contains("agree to"));
    page.picture("light.png");
}

fn typed_function(page: &Page) {
    page.types("#[grad(a)]\nfn f(a: &DMatrix<f64>) -> f64 { (a.transpose() * a).trace() }");
    assert_eq!(page.formulas().last().map(String::as_str), Some("2 a"));
    assert_eq!(page.browser.value("document.getElementById('gallery').value"), "");
    page.types("");
    assert_eq!(page.formulas(), [""; 0]);
    assert!(page.browser.text("document.getElementById('status').textContent").starts_with("No annotated function"));
}

fn errors_move(page: &Page) {
    page.types("#[grad(x)]\nfn f(x: f64) -> f64 { x.floor() }");
    let [(mark, top)] = &page.marks()[..] else { panic!("{:?}", page.marks()) };
    assert_eq!(mark, "floor");
    assert!(page.errors()[0].starts_with("2:25") && page.errors()[0].contains("cannot be differentiated"), "{:?}", page.errors());
    assert_eq!(page.browser.text("document.getElementById('source').getAttribute('aria-invalid')"), "true");
    // a line above moves it down by a line
    page.browser.value("document.getElementById('source').setSelectionRange(0, 0)");
    page.browser.press("#source", "\u{e009}\u{e011}\u{e000}// 𝔸\n");
    page.browser.wait("document.querySelector('#errors b').textContent.startsWith('3:')");
    let moved = page.marks();
    let line =
        page.browser.value("parseFloat(getComputedStyle(document.getElementById('source')).lineHeight)").as_f64().unwrap_or(0.0);
    assert!(moved.len() == 1 && moved[0].0 == "floor" && (moved[0].1 - top - line).abs() < 1.0, "{moved:?} {top} {line}");
    // and it stands where the text of the editor does: a click on the message selects it
    page.browser.click("#errors button");
    let selected =
        "(() => { const s = document.getElementById('source'); return s.value.slice(s.selectionStart, s.selectionEnd); })()";
    assert_eq!(page.browser.value(selected), "floor");
    page.picture("error.png");
    page.types("#[grad(x)]\nfn f(x: f64) -> f64 { x.sin() }");
    assert_eq!((page.errors().len(), page.marks().len()), (0, 0));
    assert_eq!(page.formulas().last().map(String::as_str), Some("cos(x)"));
    page.types("#[grad(x)]\nfn f(x: f64 -> f64 { x.sin() }");
    assert_eq!(page.errors().len(), 1);
}

fn examples_switch(page: &Page) {
    let names = page.browser.value("[...document.querySelectorAll('#gallery option')].slice(1).map(o => o.textContent)");
    let names: Vec<&str> = names.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(names.len() > 10);
    page.browser.value(
        "(() => { const g = document.getElementById('gallery'); g.value = '0'; g.dispatchEvent(new Event('change')); })()",
    );
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            let before = page.source();
            page.browser.press("#gallery", &DOWN.to_string());
            page.browser.wait(&format!("document.getElementById('source').value !== {}", Value::from(before)));
        }
        let refused = *name == "Refused";
        page.browser.wait(&format!("(document.querySelectorAll('article').length > 0) === {}", !refused));
        assert_eq!(page.errors().is_empty(), !refused, "{name}: {:?}", page.errors());
        let functions = page.browser.value("document.querySelectorAll('.check').length").as_u64().unwrap_or(0);
        page.browser.value("document.querySelectorAll('.check').forEach(b => b.click())");
        page.browser.wait(&format!("document.querySelectorAll('.checked table').length === {functions}"));
        let wrong = page.browser.value("document.querySelectorAll('.checked .no').length");
        assert_eq!(wrong, 0, "{name}: {}", page.browser.text("document.querySelector('.checked').innerText"));
        page.picture(&format!("example-{i}.png"));
    }
}

fn links_hold_the_function(page: &Page) {
    let text = "// größer als 𝔸\n#[grad(x)]\nfn f(x: f64) -> f64 { x.exp() }";
    page.types(text);
    page.browser.click("#link");
    let link = page.browser.text("location.href");
    assert!(link.contains('#'));
    page.browser.open(&page.server.address());
    assert_ne!(page.source(), text);
    page.browser.open(&link);
    assert_eq!(page.source(), text);
    assert_eq!(page.formulas().last().map(String::as_str), Some("exp(x)"));
    // a fragment that is no link of ours is the first example
    page.browser.open(&format!("{}#%%%", page.server.address()));
    assert!(page.source().contains("fn mse"));
}

fn keyboard_and_screen_reader(page: &Page) {
    page.browser.open(&page.server.address());
    let focused = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName";
    let mut order = Vec::new();
    for _ in 0..9 {
        page.browser.key(TAB);
        order.push(page.browser.text(focused));
    }
    assert_eq!(
        order,
        ["gallery", "link", "source", "formulas", "latex", "check", "SUMMARY", "SUMMARY", "BODY"],
        "what Tab comes to"
    );
    page.browser.value("document.querySelector('.check').focus()");
    page.browser.key(ENTER);
    page.browser.wait("document.querySelectorAll('.checked td').length > 0");
    // everything that one acts on has a name
    let nameless = "[...document.querySelectorAll('button, select, textarea, summary')]\
                    .filter(e => !(e.innerText.trim() || e.labels?.length || e.getAttribute('aria-label'))).length";
    assert_eq!(page.browser.value(nameless), 0);
    assert_eq!(page.browser.value("[...document.querySelectorAll('math')].every(m => m.getAttribute('aria-label'))"), true);
    assert_eq!(page.browser.text("document.documentElement.lang"), "en");
    // on a telephone the page is not wider than the screen
    let wide = page.browser.value("document.documentElement.scrollWidth <= innerWidth");
    assert_eq!(wide, true);
}

/// The contrast of texts with what is behind them is 4.5 at least, as WCAG 2 asks.
fn light_and_dark(page: &Page) {
    page.browser.open(&page.server.address());
    page.types("#[grad(x)]\nfn f(x: f64) -> f64 { x.sin() }\n#[grad(x)]\nfn g(x: f64) -> f64 { x.floor() }");
    let mut papers = Vec::new();
    for scheme in ["light", "dark"] {
        page.browser.scheme(scheme);
        papers.push(page.browser.text("getComputedStyle(document.body).backgroundColor"));
        let worst = page.browser.value(CONTRAST).as_f64().unwrap_or(0.0);
        println!("{scheme}: the weakest contrast is {worst:.2}");
        assert!(worst >= 4.5, "{scheme}: {worst}");
        page.picture(&format!("{scheme}-error.png"));
    }
    assert_ne!(papers[0], papers[1]);
    page.browser.scheme("light");
}

const CONTRAST: &str = "(() => {
  const numbers = (c) => c.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const texts = [...document.querySelectorAll('body *')].filter(e => !e.closest('#marks, template, noscript') && e.getClientRects().length
    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  return Math.min(...texts.map(e => { const [a, b] = [numbers(getComputedStyle(e).color), behind(e)].map(luminance); return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }));
})()";

/// An answer to a function of ten operations takes less than 50 ms.
fn answers_are_quick(page: &Page) {
    page.types("#[grad(w, b)]\nfn f(w: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>, y: &DVector<f64>) -> f64 {\nlet h = (w * x + b).map(|t| t.tanh());\n(h - y).norm_squared().sqrt() + 0.5 * w.norm_squared() + b.sum().exp()\n}");
    assert_eq!(page.errors(), [""; 0]);
    let times = page.browser.value(
        "(() => { const s = document.getElementById('source'); return Promise.all([]).then(async () => { const t = []; for (let i = 0; i < 40; i++) { s.value += ' '; s.dispatchEvent(new Event('input')); await new Promise(r => setTimeout(r, 0)); t.push(Number(document.getElementById('status').dataset.time)); } return t; }); })()",
    );
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    assert_eq!(times.len(), 40);
    println!(
        "answers to ten operations: {:.1} ms at least, {:.1} ms in the middle, {:.1} ms at most",
        times[0], times[20], times[39]
    );
    // the middle one, since other programs may have the machine now and then
    assert!(times[20] < 50.0, "{times:?}");
}
