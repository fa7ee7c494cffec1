//! Themes: which look each role has. Every colour on the screen comes from here, by its role.
//!
//! A theme is a TOML file of `role = "style"`, where a style is words: `bold`, `dim`, `italic`, `underline`, `reverse`, a
//! colour, and `on` with a background (`"bold #e06c75 on #202228"`). Embedded ones are in `themes/`; a file of the same
//! name in the user's folder wins.

mod depth;
mod style;

use std::path::Path;

use ratatui::style::Style;

pub(crate) use depth::Depth;

use crate::domain::task::Problem;

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)*) => {
        /// What a piece of the screen means; a theme says how that looks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            const ALL: &[(Role, &str)] = &[$((Role::$role, $name),)*];
        }
    };
}

roles! {
    /// Ordinary text and the background of the screen.
    Text = "text",
    /// What is there but need not be read.
    Dim = "dim",
    /// Headings of sections and columns.
    Heading = "heading",
    /// Borders and rules.
    Border = "border",
    /// The border of the part that has the focus.
    Focus = "focus",
    /// The status line.
    Status = "status",
    /// The project's name in it.
    Project = "project",
    /// A tab that is not open.
    Tab = "tab",
    /// The open tab.
    TabOpen = "tab_open",
    /// A key in the key line.
    Key = "key",
    /// What that key does.
    KeyLabel = "key_label",
    /// The selected row, where the focus is.
    Selected = "selected",
    /// The selected row, where the focus is elsewhere.
    SelectedAway = "selected_away",
    /// A field that is being edited.
    Field = "field",
    /// Well: running, valid.
    Good = "good",
    /// A warning.
    Warning = "warning",
    /// An error.
    Error = "error",
    /// A hint.
    Hint = "hint",
    /// Outcome passed.
    Passed = "passed",
    /// Outcome changed.
    Changed = "changed",
    /// Outcome refused.
    Refused = "refused",
    /// Outcome overridden.
    Overridden = "overridden",
    /// Outcome failed.
    Failed = "failed",
    /// Outcome held.
    Held = "held",
    /// The bars of the rate strip and of progress.
    Bar = "bar",
    /// The part of a progress bar that is left.
    BarLeft = "bar_left",
    /// A member's name in JSON.
    Name = "name",
    /// A string in JSON.
    String = "string",
    /// A number in JSON.
    Number = "number",
    /// `true`, `false`, `null`.
    Literal = "literal",
    /// Brackets, commas, fold marks.
    Punctuation = "punctuation",
    /// A redacted secret.
    Secret = "secret",
}

/// The looks of all roles, already fitted to what the terminal can show.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    name: String,
    styles: Vec<Style>,
}

/// The embedded themes: name and text.
const EMBEDDED: [(&str, &str); 5] = [
    ("ansi", include_str!("../../../themes/ansi.toml")),
    ("dark", include_str!("../../../themes/dark.toml")),
    ("light", include_str!("../../../themes/light.toml")),
    ("contrast", include_str!("../../../themes/contrast.toml")),
    ("mono", include_str!("../../../themes/mono.toml")),
];

impl Theme {
    /// The look of a role.
    pub(crate) fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The names of the embedded themes.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// An embedded theme.
    pub(crate) fn embedded(name: &str, depth: Depth) -> Option<Self> {
        let (name, text) = EMBEDDED.iter().find(|(embedded, _)| *embedded == name)?;
        Self::parse(name, text, depth).ok()
    }

    /// The theme of this name: a file `NAME.toml` in `folder`, else an embedded one. A terminal that shows no colours
    /// gets `mono` whatever was asked for, as `NO_COLOR` demands.
    pub(crate) fn load(name: &str, folder: Option<&Path>, depth: Depth) -> Result<Self, Problem> {
        let name = if depth == Depth::None { "mono" } else { name };
        let file = folder.map(|folder| folder.join(format!("{name}.toml")));
        if let Some(file) = file.filter(|_| !name.contains(['/', '\\'])) {
            match std::fs::read_to_string(&file) {
                Ok(text) => {
                    return Self::parse(name, &text, depth)
                        .map_err(|what| Problem::usage(what).at(file.display()));
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(Problem::failed(format!("cannot read the theme: {error}"))
                        .at(file.display()));
                }
            }
        }
        Self::embedded(name, depth).ok_or_else(|| {
            let known: Vec<_> = Self::names().collect();
            Problem::usage(format!("there is no theme `{name}`"))
                .at("[ui] theme")
                .help(format!("use one of {}, or put {name}.toml into themes/", known.join(", ")))
        })
    }

    /// A theme of the user's need not name every role: what it leaves out looks as in `ansi`.
    fn parse(name: &str, text: &str, depth: Depth) -> Result<Self, String> {
        let mut styles = match name {
            "ansi" => vec![Style::default(); Role::ALL.len()],
            _ => Self::embedded("ansi", Depth::True)
                .map_or_else(|| vec![Style::default(); Role::ALL.len()], |theme| theme.styles),
        };
        let table: toml::Table =
            toml::from_str(text).map_err(|error| error.message().to_owned())?;
        for (key, value) in &table {
            let Some((role, _)) = Role::ALL.iter().find(|(_, name)| name == key) else {
                return Err(format!("there is no role `{key}`"));
            };
            let words = value.as_str().ok_or_else(|| format!("{key}: a style is a text"))?;
            styles[*role as usize] =
                style::parse(words).map_err(|word| format!("{key}: `{word}` is no style word"))?;
        }
        for style in &mut styles {
            *style = depth.fit(*style);
        }
        Ok(Self { name: name.to_owned(), styles })
    }
}

#[cfg(test)]
mod tests;
