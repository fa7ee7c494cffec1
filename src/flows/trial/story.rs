//! What a Gateway's log tells of a request: which middleware did what.

use std::time::Duration;

use crate::domain::object::View;
use crate::services::gateway::LogLine;

/// The middleware that calls plugins, one for each hook.
const PLUGIN: &str = "CoProcessMiddleware";

/// The one that calls them for a response; which hooks it has is not told.
const RESPONSE: &str = "CustomMiddlewareResponseHook";

/// A line of the log, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `debug`, `info`, `warning`, `error`.
    pub level: String,
    /// The text, with the error that belongs to it.
    pub text: String,
}

/// What handled the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Middleware {
    /// As the Gateway calls it: `VersionCheck`, `CoProcessMiddleware`, ….
    pub name: String,
    /// The hook that it called, by the manifest's word, and its name in the plugin.
    pub hook: Option<(&'static str, String)>,
    /// What it came to; 200 lets the request go on. `None` where it did not finish.
    pub code: Option<u16>,
    /// How long it took.
    pub took: Option<Duration>,
    /// Why it stopped the request.
    pub error: Option<String>,
    /// What was logged meanwhile.
    pub lines: Vec<Line>,
}

impl Middleware {
    /// As people read it: the hook and its name, else the middleware's.
    pub fn title(&self) -> String {
        match &self.hook {
            Some((hook, name)) => format!("{hook} {name}").trim().to_owned(),
            None => self.name.clone(),
        }
    }
}

/// What went on before the request, from warnings up; and what handled the request, in order.
pub(super) fn told(log: &[LogLine], view: &dyn View) -> (Vec<Line>, Vec<Middleware>) {
    let show = |text: &str| view.text(&["log".into()], text).into_owned();
    let mut registered = log.iter().filter_map(|line| hook_name(&line.msg)).map(show);
    let (mut building, mut chain): (Vec<Line>, Vec<Middleware>) = Default::default();
    // Whether the last of the chain has not finished.
    let mut open = false;
    for line in log {
        match (line.msg.as_str(), chain.last_mut()) {
            ("Started", _) if !line.mw.is_empty() => {
                let hook = match line.mw.as_str() {
                    // The Gateway registers its hooks in the order of the chain.
                    PLUGIN => registered.next().map(|name| ("", name)),
                    RESPONSE => Some(("response", String::new())),
                    _ => None,
                };
                chain.push(Middleware { name: line.mw.clone(), hook, ..Middleware::default() });
                open = true;
            }
            ("Finished", Some(last)) if line.mw == last.name => {
                last.code = line.code;
                last.took = line.ns.map(Duration::from_nanos);
                last.error = (!line.error.is_empty()).then(|| show(&line.error));
                open = false;
            }
            (_, Some(last)) => {
                if let (Some(hook), Some(word)) = (last.hook.as_mut(), called(&line.msg)) {
                    hook.0 = word;
                } else if open || !line.msg.is_empty() && is_worth_it(line) {
                    last.lines.push(shown(line, &show));
                }
            }
            (_, None) if is_worth_it(line) => building.push(shown(line, &show)),
            (_, None) => {}
        }
    }
    name_posts(&mut chain);
    (building, chain)
}

fn is_worth_it(line: &LogLine) -> bool {
    matches!(line.level.as_str(), "warning" | "error" | "fatal" | "panic")
}

fn shown(line: &LogLine, show: &dyn Fn(&str) -> String) -> Line {
    let LogLine { level, msg, error, ms, .. } = line;
    let text = match ms {
        Some(ms) => format!("{msg} {ms:.1} ms"),
        None if error.is_empty() => show(msg),
        None => show(&format!("{msg}: {error}")),
    };
    Line { level: level.clone(), text }
}

/// The name in `Registering coprocess middleware, hook name: echo_prehook type: Pre, driver: grpc`; nothing stands
/// between it and what follows.
fn hook_name(message: &str) -> Option<&str> {
    let (_, named) = message.split_once("coprocess middleware, hook name: ")?;
    Some(named.rsplit_once("hook type: ")?.0)
}

/// The hook that `CoProcess Request, HookType: CustomKeyCheck` calls, by the manifest's word.
fn called(message: &str) -> Option<&'static str> {
    Some(match message.strip_prefix("CoProcess Request, HookType: ")? {
        "Pre" => "pre",
        "CustomKeyCheck" => "auth_check",
        "PostKeyAuth" => "post_key_auth",
        "Post" => "post",
        "Response" => "response",
        _ => "",
    })
}

/// The Gateway calls a hook after authentication `Pre` too (5.14, as recorded): what follows `auth_check` is none.
fn name_posts(chain: &mut [Middleware]) {
    let mut authenticated = false;
    for (hook, _) in chain.iter_mut().filter_map(|it| it.hook.as_mut()) {
        authenticated |= *hook == "auth_check";
        if authenticated && *hook == "pre" {
            *hook = "post_key_auth";
        }
    }
}
