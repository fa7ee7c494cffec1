//! The kinds of project, each with its files.

/// A kind of project.
#[derive(Debug)]
pub struct Kind {
    /// Its word.
    pub name: &'static str,
    /// What its plugin does, in a few words.
    pub about: &'static str,
    /// Whether its code needs `PyJWT` in `vendor/`.
    pub is_vendored: bool,
    /// Names and templates.
    pub(super) files: &'static [(&'static str, &'static str)],
}

/// A template of `assets/new`.
macro_rules! template {
    ($path:literal) => {
        include_str!(concat!("../../../assets/new/", $path))
    };
}

/// What all kinds say of shipping.
pub(super) const SHIP: &str = template!("shared/ship.md");

const DEFINITION: &str = "apis/{{name}}.json";
const AUTHENTICATED: (&str, &str) = (DEFINITION, template!("shared/authenticated.json"));
const OPEN: (&str, &str) = (DEFINITION, template!("shared/open.json"));
const PROJECT: (&str, &str) = ("tyk-tui.toml", template!("shared/tyk-tui.toml"));
const IGNORED: (&str, &str) = (".gitignore", template!("shared/gitignore"));

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "python-auth",
        about: "auth_check in Python takes one key",
        is_vendored: false,
        files: &[
            ("manifest.json", template!("python-auth/manifest.json")),
            ("middleware.py", template!("python-auth/middleware.py")),
            ("README.md", template!("python-auth/README.md")),
            AUTHENTICATED,
            PROJECT,
            IGNORED,
        ],
    },
    Kind {
        name: "python-jwt",
        about: "auth_check in Python takes JSON Web Tokens",
        is_vendored: true,
        files: &[
            ("manifest.json", template!("python-jwt/manifest.json")),
            ("middleware.py", template!("python-jwt/middleware.py")),
            ("README.md", template!("python-jwt/README.md")),
            AUTHENTICATED,
            PROJECT,
            IGNORED,
        ],
    },
    Kind {
        name: "grpc",
        about: "auth_check answered by rules of a server",
        is_vendored: false,
        files: &[
            ("manifest.json", template!("grpc/manifest.json")),
            ("rules/static-key.toml", template!("grpc/rules/static-key.toml")),
            ("rules/keys.txt", template!("grpc/rules/keys.txt")),
            ("README.md", template!("grpc/README.md")),
            AUTHENTICATED,
            ("tyk-tui.toml", template!("grpc/tyk-tui.toml")),
            (".gitignore", template!("grpc/gitignore")),
        ],
    },
    Kind {
        name: "javascript",
        about: "pre in JavaScript sets a header",
        is_vendored: false,
        files: &[
            ("manifest.json", template!("javascript/manifest.json")),
            ("pre.js", template!("javascript/pre.js")),
            ("README.md", template!("javascript/README.md")),
            OPEN,
            PROJECT,
            IGNORED,
        ],
    },
    Kind {
        name: "lua",
        about: "pre in Lua sets a header",
        is_vendored: false,
        files: &[
            ("manifest.json", template!("lua/manifest.json")),
            ("middleware.lua", template!("lua/middleware.lua")),
            ("README.md", template!("lua/README.md")),
            OPEN,
            PROJECT,
            IGNORED,
        ],
    },
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
