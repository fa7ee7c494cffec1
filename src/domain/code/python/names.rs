//! What names stand for: imports, and names that are given to paths.

use std::collections::BTreeMap;

use super::{Act, Deed, Definition, Import, Module, Path, StepKind};

/// What `from tyk.decorators import *` brings (recorded: `environment`).
const DECORATORS: &[&str] = &[
    "CustomKeyCheck",
    "Event",
    "HandlerDecorator",
    "Hook",
    "Post",
    "PostKeyAuth",
    "Pre",
    "ThisIsNotADecorator",
    "getfullargspec",
];

/// How many names of names are followed: code such as `a = b; b = a` has no end.
const FOLLOWED: usize = 8;

type Scoped = (Option<usize>, String);

/// Where names get their values, so that looking one up costs little in a file of thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    imported: BTreeMap<Scoped, Import>,
    assigned: BTreeMap<Scoped, Vec<Option<Path>>>,
    defined: BTreeMap<Scoped, usize>,
    stars: Vec<String>,
}

impl Names {
    pub(super) fn of(imports: &[Import], definitions: &[Definition], acts: &[Act]) -> Self {
        let mut names = Self::default();
        for import in imports {
            match &import.bound {
                Some(bound) => {
                    names.imported.insert((import.scope, bound.clone()), import.clone());
                }
                None => names.stars.push(import.module.clone()),
            }
        }
        for (at, definition) in definitions.iter().enumerate() {
            if !definition.in_class {
                names.defined.insert((definition.scope, definition.name.clone()), at);
            }
        }
        for act in acts {
            let Deed::Assign { target, value } = &act.deed else { continue };
            if target.is_name() {
                let key = (act.scope, target.root.clone());
                names.assigned.entry(key).or_default().push(value.path().cloned());
            }
        }
        names
    }
}

/// Who gives a name its value.
enum Binding<'a> {
    /// A parameter of this function.
    Parameter,
    Import(&'a Import),
    /// It is given a path, once.
    Path(&'a Path, Option<usize>),
    /// Something else.
    Other,
    /// `from tyk.decorators import *` and the like.
    Star(&'static str),
    /// Nobody here: a builtin, if it is anything.
    Nobody,
}

impl Module {
    fn binding(&self, name: &str, scope: Option<usize>) -> Binding<'_> {
        for scope in self.scopes(scope).map(Some).chain([None]) {
            if scope.is_some_and(|at| self.definitions[at].parameters.iter().any(|p| p == name)) {
                return Binding::Parameter;
            }
            let key = (scope, name.to_owned());
            if let Some(import) = self.names.imported.get(&key) {
                return Binding::Import(import);
            }
            match self.names.assigned.get(&key).map(Vec::as_slice) {
                Some([Some(path)]) => return Binding::Path(path, scope),
                Some(_) => return Binding::Other,
                None if self.names.defined.contains_key(&key) => return Binding::Other,
                None => {}
            }
        }
        for module in &self.names.stars {
            match module.as_str() {
                "tyk.decorators" if DECORATORS.contains(&name) => {
                    return Binding::Star("tyk.decorators");
                }
                "gateway" | "tyk.gateway" if name == "TykGateway" => {
                    return Binding::Star("gateway");
                }
                _ => {}
            }
        }
        Binding::Nobody
    }

    /// The dotted name of what a path of attributes means by the file's imports: `tyk.decorators.Hook` for `Hook`, `H`
    /// or `decorators.Hook`; a builtin's own name. `None` where it is something of the file's own.
    pub fn meaning(&self, path: &Path, scope: Option<usize>) -> Option<String> {
        let path = self.followed(path, scope);
        let rest = path.steps.iter().try_fold(String::new(), |rest, step| {
            step.attribute().map(|name| format!("{rest}.{name}"))
        })?;
        let root = match self.binding(&path.root, scope) {
            Binding::Import(import) => imported_as(import)?,
            Binding::Star(module) => format!("{module}.{}", path.root),
            Binding::Nobody => path.root.clone(),
            Binding::Parameter | Binding::Path(..) | Binding::Other => return None,
        };
        let meaning = root + &rest;
        // Tyk's folder is on `sys.path` too, so its modules have two names. Of `decorators` the other is another class.
        Some(match meaning.strip_prefix("tyk.gateway.") {
            Some(rest) => format!("gateway.{rest}"),
            None => meaning,
        })
    }

    /// A path whose root is followed through names that are given a path once: `o.body` after `o = request.object` is
    /// `request.object.body`.
    pub fn followed(&self, path: &Path, scope: Option<usize>) -> Path {
        let mut path = path.clone();
        let mut scope = scope;
        for _ in 0..FOLLOWED {
            let Binding::Path(to, of) = self.binding(&path.root, scope) else { break };
            // The result of a call is another value.
            if to.steps.iter().any(|step| step.kind == StepKind::Call) {
                break;
            }
            let steps = to.steps.iter().chain(&path.steps).cloned().collect();
            path = Path { span: path.span, root: to.root.clone(), steps };
            scope = of;
        }
        path
    }

    /// The path that a name is given where it is given one, and only once.
    pub fn given(&self, name: &str, scope: Option<usize>) -> Option<&Path> {
        match self.binding(name, scope) {
            Binding::Path(path, _) => Some(path),
            _ => None,
        }
    }

    /// The function whose parameter a name is, and which.
    pub fn parameter(&self, name: &str, scope: Option<usize>) -> Option<(usize, usize)> {
        for at in self.scopes(scope) {
            let place = self.definitions[at].parameters.iter().position(|given| given == name);
            if let Some(place) = place {
                let given_anew = self.names.assigned.contains_key(&(Some(at), name.to_owned()));
                return (!given_anew).then_some((at, place));
            }
            let key = (Some(at), name.to_owned());
            if self.names.assigned.contains_key(&key) || self.names.imported.contains_key(&key) {
                return None;
            }
        }
        None
    }

    /// Whether a name at the top level means `Hook` of `tyk.decorators`.
    pub fn means_hook(&self, name: &str) -> bool {
        let span = 0..0;
        self.is_hook(&Path { span, root: name.to_owned(), steps: Vec::new() })
    }

    /// Whether the top level assigns to a name.
    pub fn is_assigned(&self, name: &str) -> bool {
        self.names.assigned.contains_key(&(None, name.to_owned()))
    }

    /// The function at the top level that a name means in a scope; of two with one name the later.
    pub fn function(&self, name: &str) -> Option<usize> {
        self.names.defined.get(&(None, name.to_owned())).copied()
    }

    /// The function that is defined in another, by its name.
    pub fn function_in(&self, name: &str, scope: usize) -> Option<usize> {
        self.names.defined.get(&(Some(scope), name.to_owned())).copied()
    }
}

/// What an imported name means; `None` for relative imports, which no Gateway takes.
fn imported_as(import: &Import) -> Option<String> {
    if import.dots > 0 {
        return None;
    }
    Some(match &import.name {
        Some(name) => format!("{}.{name}", import.module),
        // `import a.b` binds `a`, `import a.b as c` all of it.
        None if import.bound.as_deref() == Some(import.root()) => import.root().to_owned(),
        None => import.module.clone(),
    })
}
