//! What an API is called that is in no file.

use std::fmt;
use std::path::{Path, PathBuf};

/// Who has APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keeper {
    /// A Gateway, whose control API is asked.
    Gateway,
    /// A Dashboard.
    Dashboard,
}

impl Keeper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Gateway, Self::Dashboard];

    /// In a word, as names of APIs begin.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Dashboard => "dashboard",
        }
    }

    /// As messages call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gateway => "the Gateway",
            Self::Dashboard => "the Dashboard",
        }
    }
}

/// An API of a Gateway or a Dashboard: `gateway:orders`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Remote {
    /// Who has it.
    pub keeper: Keeper,
    /// Its id there.
    pub id: String,
}

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.keeper.word(), self.id)
    }
}

impl Remote {
    /// The API that a name stands for; `None` where it is that of a file (`./gateway:orders` is one).
    pub fn named(name: &Path) -> Option<Self> {
        let (keeper, id) = name.to_str()?.split_once(':')?;
        let keeper = Keeper::ALL.into_iter().find(|it| it.word() == keeper)?;
        (!id.is_empty()).then(|| Self { keeper, id: id.to_owned() })
    }

    /// What its previous versions are kept under: two Gateways may have the same id.
    pub fn kept_as(&self, address: &str) -> PathBuf {
        PathBuf::from(format!("{self}@{address}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_those_of_files() {
        let orders = Remote { keeper: Keeper::Gateway, id: "orders:1".into() };
        assert_eq!(Remote::named(Path::new("gateway:orders:1")), Some(orders.clone()));
        assert_eq!(orders.to_string(), "gateway:orders:1");
        for file in ["./gateway:orders", "gateway", "gateway:", "apis/dashboard:x", "host:orders"] {
            assert_eq!(Remote::named(Path::new(file)), None, "{file}");
        }
    }
}
