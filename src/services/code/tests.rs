use super::*;
use crate::domain::code::python::Bundle;
use crate::domain::code::{Candidate, Found, candidates};

fn python(text: &str) -> Source {
    read("middleware.py", text).unwrap()
}

/// The hooks of a file, each with its parameter count.
fn hooks(text: &str) -> Vec<(String, usize)> {
    let source = python(text);
    source.hooks().map(|hook| (hook.name.clone(), hook.parameters)).collect()
}

fn hook(name: &str, parameters: usize) -> Vec<(String, usize)> {
    vec![(name.to_owned(), parameters)]
}

#[test]
fn hook_is_found_however_it_is_imported() {
    for (import, decorator) in [
        ("from tyk.decorators import *", "Hook"),
        ("from tyk.decorators import Hook", "Hook"),
        ("from tyk.decorators import Hook as H", "H"),
        ("import tyk.decorators", "tyk.decorators.Hook"),
        ("import tyk.decorators as d", "d.Hook"),
        ("from tyk import decorators", "decorators.Hook"),
        ("import tyk.decorators\nmine = tyk.decorators", "mine.Hook"),
    ] {
        let text = format!("{import}\n@{decorator}\ndef A(request, session, spec):\n  pass\n");
        assert_eq!(hooks(&text), hook("A", 3), "{text}");
    }
}

#[test]
fn what_is_not_the_decorator_makes_no_hook() {
    let function = "def A(request, session, spec):\n    pass\n";
    for before in [
        "from decorators import Hook\n@Hook\n",
        "from tyk.decorators import *\n@Pre\n",
        "from tyk.decorators import *\n@Hook()\n",
        "from tyk.decorators import *\n",
        "from tyk.decorators import *\ndef Hook(f): return f\n@Hook\n",
        "@Hook\n",
    ] {
        assert_eq!(hooks(&format!("{before}{function}")), [], "{before}");
    }
    let in_class = "from tyk.decorators import *\nclass K:\n    @Hook\n    def A(a, b, c): pass\n";
    assert_eq!(hooks(in_class), []);
    let nested = "from tyk.decorators import *\ndef f():\n    @Hook\n    def A(a, b, c): pass\n";
    assert_eq!(hooks(nested), []);
}

#[test]
fn parameters_are_counted_as_the_gateway_counts_them() {
    for (parameters, count) in [
        ("", 0),
        ("a, b, c", 3),
        ("a, b, c, d=None", 4),
        ("a: str, b: int = 1, c=2", 3),
        ("*args", 0),
        ("a, *args, b, **more", 1),
        ("a, /, b, *, c, d=1", 2),
        ("self, request, session, spec", 4),
        ("a, *args: int, b", 1),
        ("**more", 0),
    ] {
        let text = format!("from tyk.decorators import *\n@Hook\ndef A({parameters}):\n  pass\n");
        assert_eq!(hooks(&text), hook("A", count), "{parameters}");
    }
}

#[test]
fn a_hook_has_the_name_of_its_function() {
    let hooks = |text: &str| hooks(&format!("from tyk.decorators import *\n{text}\n"));
    assert_eq!(hooks("def real(a, b, c): pass\nMyPre = Hook(real)"), hook("real", 3));
    assert_eq!(hooks("MyPre = Hook(lambda a, b, c: (a, b))"), hook("<lambda>", 3));
    let method = "class K:\n    def M(self, a, b, c): pass\nk = K()\nX = Hook(k.M)";
    assert_eq!(hooks(method), hook("M", 4));
    let twice = "@Hook\ndef A(a, b, c): pass\n@Hook\ndef A(a, b, c, d): pass";
    assert_eq!(hooks(twice), hook("A", 4));
    assert_eq!(hooks("@Hook\ndef A(a, b, c): pass\nA = None"), []);
    assert_eq!(hooks("@Hook\nasync def A(a, b, c): pass"), hook("A", 3));
}

#[test]
fn a_decorator_below_hook_decides_what_is_counted() {
    let text = |wrapper: &str, above: &str, below: &str| {
        format!(
            "import functools\nfrom tyk.decorators import *\ndef deco(f):\n{wrapper}\n{above}@Hook\n\
             {below}def A(request, session, spec):\n    pass\n"
        )
    };
    let inner = "    def inner(*args):\n        return f(*args)\n    return inner\n";
    assert_eq!(hooks(&text(inner, "", "@deco\n")), hook("inner", 0));
    let wraps = "    @functools.wraps(f)\n    def inner(*args):\n        return f(*args)\n    return inner\n";
    assert_eq!(hooks(&text(wraps, "", "@deco\n")), hook("A", 0));
    assert_eq!(hooks(&text("    return f\n", "", "@deco\n")), hook("A", 3));
    assert_eq!(hooks(&text("    return f\n", "@deco\n", "")), hook("A", 3));
    assert_eq!(hooks(&text(wraps, "@deco\n", "")), []);
}

#[test]
fn hooks_of_other_files_count_where_they_are_imported_by_name() {
    let code = |loaded: &str| {
        let hook = "from tyk.decorators import *\n@Hook\ndef A(a, b, c): pass\n";
        vec![python(loaded), read("helper.py", hook).unwrap(), read("pkg/a.py", hook).unwrap()]
    };
    let found = |loaded: &str| {
        let code = code(loaded);
        let bundle = Bundle::of(&[], &code).unwrap();
        bundle.hooks().iter().map(|hook| hook.found.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("from helper import A\n"), ["A"]);
    assert_eq!(found("from helper import *\n"), ["A"]);
    assert_eq!(found("import helper\n"), [""; 0]);
    assert_eq!(found("from pkg.a import A\n"), [""; 0]);
}

#[test]
fn python_2_does_not_parse() {
    let messages = |text: &str| {
        python(text).errors.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>()
    };
    assert!(messages("print 'x'\n")[0].contains("print statement"));
    assert!(messages("exec 'x'\n")[0].contains("exec statement"));
    assert_eq!(messages("print('x')\n"), [""; 0]);
    assert_eq!(messages("def broken(:\n"), ["invalid syntax: `)` is missing"]);
    assert_eq!(python("x = 1\ny = (\n").errors[0].place.line, 2);
}

#[test]
fn other_languages_have_functions_by_name() {
    let js = "var first = new TykJS.TykMiddleware.NewMiddleware({});\n\
              first.NewProcessRequest(function(request, session, config) {});\n\
              function second(a, b) {}\nthird = function(a) {};\nvar x = 1;\n";
    let names = |file: &str, text: &str| {
        let source = read(file, text).unwrap();
        source.hooks().map(|hook| (hook.name.clone(), hook.parameters)).collect::<Vec<_>>()
    };
    let expected = [("first", 0), ("second", 2), ("third", 1)];
    assert_eq!(names("x.js", js), expected.map(|(name, count)| (name.to_owned(), count)));
    let lua = "function first(request, session, spec) end\nlocal function mine() end\n\
               second = function(a) end\n";
    let expected = [("first", 3), ("second", 1)];
    assert_eq!(names("x.lua", lua), expected.map(|(name, count)| (name.to_owned(), count)));
    assert!(read("x.go", "").is_none());
}

#[test]
fn odd_text_keeps_its_places() {
    let text = b"\xef\xbb\xbf# caf\xe9\r\nfrom tyk.decorators import *\r\n@Hook\r\ndef A(a, b, c):\r\n\tpass\r\n";
    let source = read("middleware.py", text).unwrap();
    assert_eq!(source.text.len(), text.len());
    assert_eq!(source.errors, []);
    let hook = source.hooks().next().unwrap();
    assert_eq!((hook.name.as_str(), hook.place.line, hook.place.column), ("A", 4, 5));
}

#[test]
fn an_import_goes_after_docstring_and_future() {
    let before = |text: &str| python(text).python.top;
    assert_eq!(before("import os\n"), 0);
    assert_eq!(before("\u{feff}import os\n"), 3);
    let text = "#!/usr/bin/python\n# -*- coding: utf-8 -*-\n\"\"\"What it does.\"\"\"\nfrom __future__ import annotations\nx\n";
    assert_eq!(&text[before(text)..], "x\n");
    assert_eq!(before("# Licence\nimport os\n"), 0);
}

#[test]
fn deep_and_tangled_text_neither_panics_nor_hangs() {
    let deep = 3_000;
    for text in [
        "(".repeat(deep),
        "[".repeat(deep) + &"]".repeat(deep),
        format!("x = {}y{}\n", "f(".repeat(deep), ")".repeat(deep)),
        format!("x{} = 1\n", ".a".repeat(deep)),
        format!("x = {}1\n", "1 + ".repeat(deep)),
        (0..300).map(|at| " ".repeat(at) + "if x:\n").collect(),
        (0..300).map(|at| " ".repeat(at) + "def f():\n").collect(),
        "\0\u{1}\u{2}\"'''`@".repeat(1000),
        "def ".repeat(deep),
        "from ".repeat(deep),
        "lambda: ".repeat(deep),
        "{".repeat(deep),
    ] {
        for file in ["a.py", "a.js", "a.lua"] {
            let source = read(file, &text).unwrap();
            assert_eq!(source.text.len(), text.len());
        }
    }
}

#[test]
fn candidates_say_what_a_gateway_makes_of_each_function() {
    let main = "from tyk.decorators import *\nfrom helper import Taken\n\
        @Hook\ndef Never(request):\n    pass\n\
        def plain(a, b, c):\n    pass\n\
        @Pre\ndef Other(request, session, spec):\n    pass\n\
        class K:\n    @Hook\n    def method(self, a, b, c): pass\n    def quiet(self): pass\n\
        @Hook\ndef Auth(request, session, metadata, spec):\n    pass\n";
    let helper = "from tyk.decorators import *\n\
        @Hook\ndef Taken(request, session, spec):\n    pass\n\
        @Hook\ndef Left(request, session, spec):\n    pass\n\
        def silent(a, b, c): pass\n";
    let code = [python(main), read("helper.py", helper).unwrap()];
    let files = ["middleware.py".to_owned(), "helper.py".to_owned()];
    let said = |candidate: Candidate| {
        let found = match candidate.found {
            Found::With(count) => format!("with {count}"),
            Found::Never(count) => format!("never {count}"),
            Found::Not(why) => why,
            other => format!("{other:?}"),
        };
        format!("{}: {found}", candidate.name)
    };
    let found = candidates(Language::Python, &files, &code);
    assert_eq!(
        found.into_iter().map(said).collect::<Vec<_>>(),
        [
            "Taken: with 3",
            "Auth: with 4",
            "Never: never 1",
            "plain: not decorated: no @Hook above it",
            "Other: @Pre makes no hook that can be called: write @Hook",
            "method: inside a class or a function: not found there",
            "Left: middleware.py does not import it by name from helper.py",
        ]
    );
    let lua = read("a.lua", "function One(r, s, p) end\nlocal function two() end\n").unwrap();
    let found = candidates(Language::Lua, &[], &[lua]);
    assert_eq!(
        found.into_iter().map(said).collect::<Vec<_>>(),
        ["One: ByName", "two: local: nobody can call it by its name"]
    );
}
