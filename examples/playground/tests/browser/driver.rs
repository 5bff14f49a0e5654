//! A browser that is driven, and a server of the page.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Files of a folder on a port of this machine.
pub struct Server(Arc<tiny_http::Server>);

impl Server {
    pub fn of(folder: PathBuf) -> Self {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a port"));
        let serving = Arc::clone(&server);
        std::thread::spawn(move || {
            for request in serving.incoming_requests() {
                let path = request.url().trim_start_matches('/').split(['?', '#']).next().unwrap_or_default();
                let path = folder.join(if path.is_empty() { "index.html" } else { path });
                let kind = match path.extension().and_then(|e| e.to_str()) {
                    Some("html") => "text/html; charset=utf-8",
                    Some("js") => "text/javascript; charset=utf-8",
                    Some("css") => "text/css; charset=utf-8",
                    Some("wasm") => "application/wasm",
                    _ => "application/octet-stream",
                };
                let header = format!("Content-Type: {kind}").parse::<tiny_http::Header>().expect("a header");
                let _ = match std::fs::read(&path) {
                    Ok(bytes) => request.respond(tiny_http::Response::from_data(bytes).with_header(header)),
                    Err(_) => request.respond(tiny_http::Response::empty(404)),
                };
            }
        });
        Self(server)
    }
    pub fn address(&self) -> String {
        format!("http://{}/", self.0.server_addr())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.unblock();
    }
}

/// A session of `ChromeDriver`, in the words of the `WebDriver` protocol.
pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    session: String,
    profile: PathBuf,
}

impl Browser {
    pub fn start(profile: &Path) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver, from Debian's package chromium-driver");
        let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            let port = line.split("on port ").nth(1)?.trim_end_matches('.').to_owned();
            port.parse::<u16>().ok().filter(|port| *port != 0) // it says first that any will do
        });
        std::thread::spawn(move || lines.for_each(drop));
        let base = format!("http://127.0.0.1:{}", port.expect("the port of chromedriver"));
        let _ = std::fs::remove_dir_all(profile);
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1400,1000",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "args": arguments } } } });
        let config =
            ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(120))).http_status_as_error(false).build();
        let agent = ureq::Agent::new_with_config(config);
        let mut browser = Self { driver, agent, session: String::new(), profile: profile.to_owned() };
        let started = browser.post(&format!("{base}/session"), &wanted);
        browser.session = format!("{base}/session/{}", started["sessionId"].as_str().expect("a session"));
        browser
    }

    fn post(&self, address: &str, body: &Value) -> Value {
        let mut response = self.agent.post(address).send_json(body).expect("an answer of chromedriver");
        let answer: Value = response.body_mut().read_json().expect("JSON");
        assert!(answer["value"]["error"].is_null(), "{address}: {}", answer["value"]["message"]);
        answer["value"].clone()
    }
    fn command(&self, name: &str, body: &Value) -> Value {
        self.post(&format!("{}/{name}", self.session), body)
    }

    pub fn open(&self, address: &str) {
        // a fragment alone loads no page
        self.command("url", &json!({ "url": "about:blank" }));
        self.command("url", &json!({ "url": address }));
        self.wait("document.body.dataset.ready === 'yes'");
    }
    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        self.command("execute/sync", &json!({ "script": format!("return {expression};"), "args": [] }))
    }
    pub fn text(&self, expression: &str) -> String {
        self.value(expression).as_str().unwrap_or_default().to_owned()
    }
    /// Until something holds.
    pub fn wait(&self, condition: &str) {
        let start = Instant::now();
        while self.value(condition) != Value::Bool(true) {
            if start.elapsed() > Duration::from_secs(30) {
                let said = self.text("document.body.innerText + '\\n' + JSON.stringify(window.complaints)");
                panic!("{condition} does not come true; the page says\n{said}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    /// Keys pressed where an element is.
    pub fn press(&self, selector: &str, keys: &str) {
        let element = self.element(selector);
        self.command(&format!("element/{element}/value"), &json!({ "text": keys }));
    }
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command(&format!("element/{element}/click"), &json!({}));
    }
    /// Keys pressed wherever the focus is.
    pub fn key(&self, key: char) {
        let actions = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.command("actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }
    fn element(&self, selector: &str) -> String {
        let found = self.command("element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|o| o.values().next()).and_then(Value::as_str);
        id.expect("an element").to_owned()
    }
    /// Light or dark.
    pub fn scheme(&self, scheme: &str) {
        let parameters = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": parameters }));
    }
    /// A picture of the whole page, for a reader of the test.
    pub fn picture(&self, file: &Path) {
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        let taken = self.command("goog/cdp/execute", &json!({ "cmd": "Page.captureScreenshot", "params": parameters }));
        std::fs::write(file, decoded(taken["data"].as_str().unwrap_or_default())).expect("a picture");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.agent.delete(&self.session).call();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Of base 64.
fn decoded(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> =
        text.bytes().filter_map(|b| DIGITS.iter().position(|d| *d == b)).filter_map(|d| u32::try_from(d).ok()).collect();
    let bytes = digits.chunks(4).flat_map(|four| {
        let number = four.iter().fold(0, |n, d| n << 6 | d) << (6 * (4 - four.len()));
        number.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}
