//! Imports, one entry a name.

use tree_sitter::Node;

use super::{Place, Reader};
use crate::domain::code::python::Import;
use crate::services::code::syntax::{children, named};

impl Reader<'_> {
    pub(super) fn import(&mut self, node: Node<'_>, place: Place) {
        let from = node.child_by_field_name("module_name");
        let mut names: Vec<Node<'_>> = named(node);
        names.retain(|part| Some(*part) != from);
        for part in names {
            let (name, alias) = match part.kind() {
                "aliased_import" => {
                    let alias = part.child_by_field_name("alias").map(|alias| self.text(alias));
                    (part.child_by_field_name("name").unwrap_or(part), alias)
                }
                _ => (part, None),
            };
            let name = self.text(name).to_owned();
            let import = if let Some(from) = from {
                self.taken(from, name, alias)
            } else {
                let bound = alias.or_else(|| name.split('.').next()).map(ToOwned::to_owned);
                Import { bound, ..of_module(name) }
            };
            let (scope, guarded) = (place.scope, place.guarded);
            self.imports.push(Import { span: node.byte_range(), scope, guarded, ..import });
        }
    }

    /// `from module import name as alias`.
    fn taken(&self, from: Node<'_>, name: String, alias: Option<&str>) -> Import {
        let dots = children(from).into_iter().filter(|it| it.kind() == "import_prefix");
        let dots = dots.map(|dots| self.text(dots).matches('.').count()).sum();
        let module = self.text(from).trim_start_matches(['.', ' ']).to_owned();
        let bound = (name != "*").then(|| alias.unwrap_or(&name).to_owned());
        Import { dots, name: Some(name), bound, ..of_module(module) }
    }
}

fn of_module(module: String) -> Import {
    let dots = 0;
    Import { span: 0..0, scope: None, guarded: false, dots, module, name: None, bound: None }
}
