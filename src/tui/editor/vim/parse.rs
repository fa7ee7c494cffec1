//! The words of vim's normal mode: a count, an operator, a motion. Pure: from the keys typed so far to a command.

/// Why keys are no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Not yet: more are to come.
    More,
    /// They never will be.
    Bad,
}

/// One command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// How often, where it was said.
    pub(super) count: Option<usize>,
    pub(super) verb: Verb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Go(Motion),
    Operate(Operator, Target),
    /// `i`, `a`, `I`, `A`, `o`, `O`.
    Insert(char),
    Replace(char),
    ToggleCase,
    Join,
    Put {
        before: bool,
    },
    Undo,
    Repeat,
    Visual {
        lines: bool,
    },
    OtherEnd,
    /// `/` and `:`.
    Ask(char),
    Word,
    /// What follows `z`.
    Fold(char),
}

impl Verb {
    /// Whether `.` makes it again.
    pub(super) fn changes(self) -> bool {
        match self {
            Self::Operate(operator, _) => operator != Operator::Yank,
            Self::Insert(_)
            | Self::Replace(_)
            | Self::ToggleCase
            | Self::Join
            | Self::Put { .. } => true,
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Delete,
    Change,
    Yank,
    In,
    Out,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Whole lines, as many as the count says.
    Lines,
    /// What is selected.
    Selection,
    Motion(Motion),
    /// `iw`, `a"`, `i{`: with what is around it, and of what.
    Object {
        around: bool,
        of: char,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    Left,
    Right,
    Up,
    Down,
    Word,
    Back,
    End,
    LineStart,
    FirstSign,
    LineEnd,
    FirstLine,
    LastLine,
    Find(Find),
    /// `;` and `,`.
    Again {
        reverse: bool,
    },
    Bracket,
    /// `n` and `N`.
    Match {
        reverse: bool,
    },
}

/// `f`, `F`, `t`, `T`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Find {
    pub(super) letter: char,
    pub(super) till: bool,
    pub(super) back: bool,
}

/// The command of these keys.
pub(super) fn parse(keys: &str, visual: bool) -> Result<Command, Stop> {
    let mut keys = Keys(keys);
    let count = keys.count();
    let first = keys.next()?;
    let operate = |operator, motion| Verb::Operate(operator, Target::Motion(motion));
    let verb = match first {
        'd' | 'x' | 'X' | 'c' | 's' | 'y' | '>' | '<' if visual => {
            Verb::Operate(operator(first)?, Target::Selection)
        }
        'i' | 'a' if visual => {
            // Widens what is selected.
            Verb::Operate(Operator::Yank, Target::Object { around: first == 'a', of: keys.next()? })
        }
        'o' if visual => Verb::OtherEnd,
        'd' | 'c' | 'y' | '>' | '<' => {
            let inner = keys.count();
            let target = keys.target(first)?;
            let count = match (count, inner) {
                (Some(outer), Some(inner)) => Some(outer.saturating_mul(inner)),
                (one, other) => one.or(other),
            };
            return Ok(Command { count, verb: Verb::Operate(operator(first)?, target) });
        }
        'x' => operate(Operator::Delete, Motion::Right),
        'X' => operate(Operator::Delete, Motion::Left),
        's' => operate(Operator::Change, Motion::Right),
        'D' => operate(Operator::Delete, Motion::LineEnd),
        'C' => operate(Operator::Change, Motion::LineEnd),
        'S' => Verb::Operate(Operator::Change, Target::Lines),
        'Y' => Verb::Operate(Operator::Yank, Target::Lines),
        'i' | 'a' | 'I' | 'A' | 'o' | 'O' => Verb::Insert(first),
        'r' => Verb::Replace(keys.next()?),
        '~' => Verb::ToggleCase,
        'J' => Verb::Join,
        'p' | 'P' => Verb::Put { before: first == 'P' },
        'u' => Verb::Undo,
        '.' => Verb::Repeat,
        'v' | 'V' => Verb::Visual { lines: first == 'V' },
        '/' | ':' => Verb::Ask(first),
        '*' => Verb::Word,
        'z' => Verb::Fold(keys.next()?),
        _ => Verb::Go(keys.motion(first)?),
    };
    Ok(Command { count, verb })
}

fn operator(key: char) -> Result<Operator, Stop> {
    Ok(match key {
        'd' | 'x' | 'X' => Operator::Delete,
        'c' | 's' => Operator::Change,
        'y' => Operator::Yank,
        '>' => Operator::In,
        '<' => Operator::Out,
        _ => return Err(Stop::Bad),
    })
}

struct Keys<'a>(&'a str);

impl Keys<'_> {
    fn next(&mut self) -> Result<char, Stop> {
        let mut rest = self.0.chars();
        let next = rest.next().ok_or(Stop::More)?;
        self.0 = rest.as_str();
        Ok(next)
    }

    /// A number; 0 is no count but a motion.
    fn count(&mut self) -> Option<usize> {
        if self.0.starts_with('0') {
            return None;
        }
        let digits = self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, rest) = self.0.split_at(digits);
        self.0 = rest;
        count.parse().ok()
    }

    fn target(&mut self, operator: char) -> Result<Target, Stop> {
        let key = self.next()?;
        Ok(match key {
            _ if key == operator => Target::Lines,
            'i' | 'a' => Target::Object { around: key == 'a', of: self.next()? },
            _ => Target::Motion(self.motion(key)?),
        })
    }

    fn motion(&mut self, key: char) -> Result<Motion, Stop> {
        Ok(match key {
            'h' => Motion::Left,
            'l' | ' ' => Motion::Right,
            'k' => Motion::Up,
            'j' => Motion::Down,
            'w' => Motion::Word,
            'b' => Motion::Back,
            'e' => Motion::End,
            '0' => Motion::LineStart,
            '^' => Motion::FirstSign,
            '$' => Motion::LineEnd,
            'G' => Motion::LastLine,
            'g' if self.next()? == 'g' => Motion::FirstLine,
            'f' | 'F' | 't' | 'T' => Motion::Find(Find {
                letter: self.next()?,
                till: matches!(key, 't' | 'T'),
                back: matches!(key, 'F' | 'T'),
            }),
            ';' | ',' => Motion::Again { reverse: key == ',' },
            '%' => Motion::Bracket,
            'n' | 'N' => Motion::Match { reverse: key == 'N' },
            _ => return Err(Stop::Bad),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_multiply_and_unfinished_commands_wait() {
        let word = Target::Motion(Motion::Word);
        let command = |count, verb| Ok(Command { count, verb });
        assert_eq!(parse("2d3w", false), command(Some(6), Verb::Operate(Operator::Delete, word)));
        assert_eq!(parse("0", false), command(None, Verb::Go(Motion::LineStart)));
        assert_eq!(parse("10G", false), command(Some(10), Verb::Go(Motion::LastLine)));
        assert_eq!(
            parse("d", true),
            command(None, Verb::Operate(Operator::Delete, Target::Selection))
        );
        for unfinished in ["", "2", "d", "d2", "di", "f", "g", "r", "z"] {
            assert_eq!(parse(unfinished, false), Err(Stop::More), "{unfinished}");
        }
        for bad in ["Q", "dQ", "gx", "d2Q"] {
            assert_eq!(parse(bad, false), Err(Stop::Bad), "{bad}");
        }
    }
}
