//! One key with its modifiers, as terminals send it and as people write it.

use std::fmt;

use crokey::{KeyCombination, OneToThree};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is in the letter (`G`), as most terminals send it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// By its name; letters as they are typed (`G`), or with `shift-`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        // crokey lowers names, so a capital would lose its meaning.
        let (modifiers, last) = name.rsplit_once('-').unwrap_or(("", name));
        if last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase()) {
            let dash = if modifiers.is_empty() { "" } else { "-" };
            return Self::parse_lowered(&format!("{modifiers}{dash}shift-{last}"));
        }
        // Signs that crokey's grammar has no place for.
        let mut chars = name.chars();
        if let (Some(sign), None) = (chars.next(), chars.next()) {
            return Some(Self { code: KeyCode::Char(sign), modifiers: KeyModifiers::NONE });
        }
        Self::parse_lowered(name)
    }

    fn parse_lowered(name: &str) -> Option<Self> {
        match crokey::parse(name).ok()? {
            KeyCombination { codes: OneToThree::One(code), modifiers } => {
                Some(Self::from(KeyEvent::new(code, modifiers)))
            }
            _ => None,
        }
    }

    /// The character to type, where the key is one.
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if (self.modifiers - KeyModifiers::SHIFT).is_empty() => Some(c),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers
            & (KeyModifiers::CONTROL
                | KeyModifiers::ALT
                | KeyModifiers::SHIFT
                | KeyModifiers::SUPER);
        let code = match event.code {
            // The letter says it: terminals differ in whether they say shift too.
            KeyCode::Char(c) => {
                let shift = modifiers.contains(KeyModifiers::SHIFT) && c.is_ascii_lowercase();
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(if shift { c.to_ascii_uppercase() } else { c })
            }
            KeyCode::BackTab => {
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::BackTab
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::BackTab
            }
            code => code,
        };
        Self { code, modifiers }
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> Self {
        Self::new(key.code, key.modifiers)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, word) in [
            (KeyModifiers::CONTROL, "ctrl-"),
            (KeyModifiers::ALT, "alt-"),
            (KeyModifiers::SUPER, "cmd-"),
            (KeyModifiers::SHIFT, "shift-"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(word)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Enter => f.write_str("enter"),
            KeyCode::Esc => f.write_str("esc"),
            KeyCode::Tab => f.write_str("tab"),
            KeyCode::BackTab => f.write_str("shift-tab"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("pgup"),
            KeyCode::PageDown => f.write_str("pgdn"),
            KeyCode::Home => f.write_str("home"),
            KeyCode::End => f.write_str("end"),
            KeyCode::Delete => f.write_str("del"),
            KeyCode::Insert => f.write_str("ins"),
            KeyCode::Backspace => f.write_str("backspace"),
            KeyCode::F(number) => write!(f, "f{number}"),
            code => write!(f, "{}", format!("{code:?}").to_lowercase()),
        }
    }
}
