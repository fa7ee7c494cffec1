//! JavaScript hooks that the Gateway cannot call, or whose answer it cannot read.

use super::otto::{manifests, scripts};
use super::plugin::named_hooks;
use super::{Facts, Report, Rule};
use crate::domain::code::javascript::Process;
use crate::domain::code::{Language, Source};
use crate::domain::json::{Edit, Value};
use crate::domain::lint::{Fix, ManifestFile};
use crate::domain::object::Hook;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "otto-middleware",
    severity: Severity::Error,
    about: "The Gateway calls DoProcessRequest of the object that a hook names: one made by new TykJS.TykMiddleware.NewMiddleware, given a function by NewProcessRequest, which returns NAME.ReturnData(request, session metadata), in auth_check NAME.ReturnAuthData(request, session). Anything else answers 500.",
    source: "the Gateway's source, gateway/mw_js_plugin.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for file in manifests(facts) {
        plain_functions(file, report);
    }
    for (file, source) in scripts(facts) {
        // What does not parse is told of by another rule.
        if source.errors.is_empty() {
            middleware(file, source, report);
        }
    }
}

/// A hook whose name is a function's and no middleware's.
fn plain_functions(file: &ManifestFile, report: &mut Report<'_>) {
    let code = || file.code.iter().filter(|source| source.language == Language::JavaScript);
    for (hook, named, words) in named_hooks(file) {
        if hook == Hook::Response {
            continue;
        }
        let is_function = code().any(|it| it.javascript.functions.contains(&named.name));
        let is_made =
            code().any(|it| it.javascript.middleware.iter().any(|it| it.name == named.name));
        let does = code().any(|it| it.text.contains("DoProcessRequest"));
        if is_function && !is_made && !does {
            let path = file.document().locate(&words);
            let place = file.document().at(&path).map(Value::place);
            let message = format!(
                "{0} is a function, and the Gateway calls {0}.DoProcessRequest: make it with new TykJS.TykMiddleware.NewMiddleware({{}}), and give the function to {0}.NewProcessRequest",
                named.name
            );
            report.say(&file.file, message).on(path).place = place;
        }
    }
}

fn middleware(file: &ManifestFile, source: &Source, report: &mut Report<'_>) {
    let shown = file.shown(&source.file);
    let hooks = named_hooks(file);
    for made in &source.javascript.middleware {
        let name = &made.name;
        let kinds: Vec<Hook> = hooks
            .iter()
            .filter(|(_, named, _)| named.name == *name)
            .map(|(kind, ..)| *kind)
            .collect();
        if kinds.iter().all(|kind| *kind == Hook::Response) {
            continue;
        }
        let Some(process) = &made.process else {
            // It may be given elsewhere: under another name, or from another file.
            let severity =
                if source.text.contains("ProcessRequest") { Severity::Hint } else { RULE.severity };
            let message = format!(
                "{name} is given no function: {name}.NewProcessRequest(function (request, session, config) {{ \u{2026} }})"
            );
            report.say(&shown, message).at(source.place(made.span.start)).as_grave_as(severity);
            continue;
        };
        let answer = if kinds.contains(&Hook::AuthCheck) { "ReturnAuthData" } else { "ReturnData" };
        returns(&shown, source, name, process, answer, report);
    }
}

fn returns(
    shown: &str,
    source: &Source,
    name: &str,
    process: &Process,
    answer: &str,
    report: &mut Report<'_>,
) {
    let Some(returned) = &process.returns else { return };
    let right = format!("return {name}.{answer}(request, {{}});");
    if returned.is_empty() {
        let message =
            format!("the function returns nothing, so the request is answered 500: {right}");
        report.say(shown, message).at(source.place(process.offset));
    }
    for value in returned.iter().filter(|it| it.value.is_empty() || it.is_request) {
        let what = if value.is_request { value.value.as_str() } else { "nothing" };
        let message =
            format!("this returns {what}, which the Gateway cannot read, and answers 500: {right}");
        let text = format!("return {name}.{answer}({}, {{}});", value.value);
        let edit = Edit { span: value.span.clone(), text };
        let fix =
            value.is_request.then(|| Fix::one(format!("return {name}.{answer}(…)"), shown, edit));
        report.say(shown, message).at(source.place(value.span.start)).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use super::super::otto::tests::otto;
    use crate::domain::lint::rules::try_on::{found, mended};
    use crate::domain::task::Severity;

    const MADE: &str = "var pre = new TykJS.TykMiddleware.NewMiddleware({});\n";

    fn process(body: &str) -> String {
        format!("{MADE}pre.NewProcessRequest(function(request, session, config) {{ {body} }});\n")
    }

    #[test]
    fn what_the_gateway_cannot_call_or_read() {
        for code in [
            "function pre(request, session) { return request; }",
            "var pre = function(request) { return request; };",
            MADE,
            &process("request.SetHeaders['X'] = '1';"),
            &process("return;"),
            &process("return request;"),
            &process("if (x) { return pre.ReturnData(request, {}); } return request;"),
            &process("var f = function() { return 1; };"),
        ] {
            let caught = found("otto-middleware", &otto(code));
            assert_eq!(caught.len(), 1, "{code}: {caught:?}");
            assert_eq!(caught[0].severity, Severity::Error, "{code}");
            assert!(caught[0].place.is_some(), "{code}");
        }
        let facts = otto(&process("return request;"));
        let after = mended(&facts, &found("otto-middleware", &facts)[0]);
        assert_eq!(after, process("return pre.ReturnData(request, {});"));
        assert_eq!(found("otto-middleware", &otto(&after)), []);
    }

    #[test]
    fn what_works_or_cannot_be_known() {
        for code in [
            &process("return pre.ReturnData(request, session.meta_data);"),
            &process(
                "if (a) { return pre.ReturnData(request, {}); } else { return pre.ReturnData(request); }",
            ),
            &process("return answer(request);"),
            &format!(
                "function f(r) {{ return pre.ReturnData(r, {{}}); }}\n{MADE}pre.NewProcessRequest(f);"
            ),
            &format!(
                "{MADE}pre.ProcessRequest = function(r) {{ return pre.ReturnData(r, {{}}); }};"
            ),
            "function pre() {}\npre.DoProcessRequest = function(request) { return '{}'; };",
            "var pre = make();",
            "function helper() {}\nvar pre = make(helper);",
        ] {
            assert_eq!(found("otto-middleware", &otto(code)), [], "{code}");
        }
        let elsewhere = format!("{MADE}setup(pre, 'NewProcessRequest');");
        assert_eq!(found("otto-middleware", &otto(&elsewhere))[0].severity, Severity::Hint);
    }
}
