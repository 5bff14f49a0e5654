//! Names of a module, and what they mean.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::Ident;
use syn::{Item, UseTree};

use super::Helper;
use crate::parse::conditions::deciding;

/// Imports of imports are followed so far.
const IMPORTS: usize = 16;

/// The modules that an attribute shows, the one that it stands on first.
#[derive(Debug, Default)]
pub struct Around {
    modules: Vec<Module>,
    /// By the module and the name of a type, and their own.
    methods: HashMap<(usize, String, String), Known<Helper>>,
    /// The names of those that take `&mut self`.
    pub(super) mutating: Rc<HashSet<String>>,
}

/// A module, as it is seen from inside.
#[derive(Debug, Default)]
pub struct Module {
    parent: Option<usize>,
    types: HashMap<String, Meaning>,
    values: HashMap<String, Meaning>,
    /// `use super::*`
    globs: Vec<Vec<String>>,
    /// Constants in the order of the source.
    constants: Vec<Rc<syn::ItemConst>>,
}

/// What a name means.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Alias(Rc<syn::ItemType>),
    Struct(Rc<syn::ItemStruct>),
    Enum(Rc<syn::ItemEnum>),
    Const,
    Function(Rc<Helper>),
    Module(usize),
    /// What this path means.
    Import(Vec<String>),
    /// Something else that stands here, or more than one thing.
    Other,
}

/// What there may be more than one of.
#[derive(Debug)]
enum Known<T> {
    One(Rc<T>),
    More,
}

impl Around {
    /// Reads the items of a module, and of those in it.
    pub(crate) fn of(items: &[Item]) -> Self {
        let mut around = Self::default();
        around.module(items, None);
        around.methods_of(items, &mut 0);
        around
    }
    pub(super) fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// Whether a module is another, or stands in it.
    pub(super) fn is_inside(&self, module: usize, of: usize) -> bool {
        module == of || self.modules.get(module).and_then(|m| m.parent).is_some_and(|parent| self.is_inside(parent, of))
    }

    fn module(&mut self, items: &[Item], parent: Option<usize>) -> usize {
        let at = self.modules.len();
        self.modules.push(Module { parent, ..Module::default() });
        for item in items {
            self.item(item, at);
        }
        at
    }

    fn item(&mut self, item: &Item, at: usize) {
        let known = |attrs: &[syn::Attribute], meaning: Meaning| if deciding_item(attrs) { Meaning::Other } else { meaning };
        match item {
            Item::Type(item) => self.name_type(at, &item.ident, known(&item.attrs, Meaning::Alias(Rc::new(item.clone())))),
            Item::Struct(item) => {
                let decided = item.fields.iter().any(|field| deciding_item(&field.attrs));
                let meaning = if decided { Meaning::Other } else { known(&item.attrs, Meaning::Struct(Rc::new(item.clone()))) };
                if !matches!(item.fields, syn::Fields::Named(_)) {
                    self.name_value(at, &item.ident, Meaning::Other);
                }
                self.name_type(at, &item.ident, meaning);
            }
            Item::Enum(item) => {
                let decided =
                    item.variants.iter().any(|v| deciding_item(&v.attrs) || v.fields.iter().any(|f| deciding_item(&f.attrs)));
                let generic = !item.generics.params.is_empty();
                let meaning =
                    if decided || generic { Meaning::Other } else { known(&item.attrs, Meaning::Enum(Rc::new(item.clone()))) };
                self.name_type(at, &item.ident, meaning);
            }
            Item::Union(item) => self.name_type(at, &item.ident, Meaning::Other),
            Item::Trait(item) => self.name_type(at, &item.ident, Meaning::Other),
            Item::Const(item) => {
                let meaning = known(&item.attrs, Meaning::Const);
                if matches!(meaning, Meaning::Const) {
                    self.modules[at].constants.push(Rc::new(item.clone()));
                }
                self.name_value(at, &item.ident, meaning);
            }
            Item::Static(item) => self.name_value(at, &item.ident, Meaning::Other),
            Item::Fn(item) => {
                let (name, sig, body) = (item.sig.ident.to_string(), item.sig.clone(), (*item.block).clone());
                let helper = Rc::new(Helper { name, sig, body, of: None, module: at });
                self.name_value(at, &item.sig.ident, known(&item.attrs, Meaning::Function(helper)));
            }
            Item::Mod(item) => {
                let meaning = match &item.content {
                    Some((_, items)) if !deciding_item(&item.attrs) => Meaning::Module(self.module(items, Some(at))),
                    _ => Meaning::Other,
                };
                self.name_type(at, &item.ident, meaning);
            }
            Item::Use(item) if deciding_item(&item.attrs) => self.import(at, &item.tree, &mut Vec::new(), true),
            Item::Use(item) => self.import(at, &item.tree, &mut Vec::new(), false),
            _ => {}
        }
    }
    fn name_type(&mut self, at: usize, name: &Ident, meaning: Meaning) {
        name_once(&mut self.modules[at].types, name, meaning);
    }
    fn name_value(&mut self, at: usize, name: &Ident, meaning: Meaning) {
        name_once(&mut self.modules[at].values, name, meaning);
    }

    fn import(&mut self, at: usize, tree: &UseTree, path: &mut Vec<String>, decided: bool) {
        let mut names = |path: &[String], last: &Ident, name: &Ident| {
            let mut full = path.to_vec();
            if last != "self" {
                full.push(last.to_string());
            }
            let name = if name == "self" {
                full.last().map_or_else(|| name.clone(), |n| Ident::new(n, name.span()))
            } else {
                name.clone()
            };
            let meaning = if decided { Meaning::Other } else { Meaning::Import(full) };
            self.name_type(at, &name, meaning.clone());
            self.name_value(at, &name, meaning);
        };
        match tree {
            UseTree::Name(inner) => names(path, &inner.ident, &inner.ident),
            UseTree::Rename(inner) => names(path, &inner.ident, &inner.rename),
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.import(at, &inner.tree, path, decided);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(at, tree, path, decided)),
            UseTree::Glob(_) if decided => {}
            UseTree::Glob(_) => self.modules[at].globs.push(path.clone()),
        }
    }

    /// Methods, once all names are known; `next`: the number of the module, in the order of [`Around::module`].
    fn methods_of(&mut self, items: &[Item], next: &mut usize) {
        let at = *next;
        *next += 1;
        for item in items {
            match item {
                Item::Impl(block) if !deciding_item(&block.attrs) => self.block(block, at),
                Item::Mod(item) if !deciding_item(&item.attrs) => {
                    if let Some((_, items)) = &item.content {
                        self.methods_of(items, next);
                    }
                }
                _ => {}
            }
        }
    }
    fn block(&mut self, block: &syn::ItemImpl, at: usize) {
        let syn::Type::Path(path) = &*block.self_ty else { return };
        let names: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
        let Some((Meaning::Struct(of), module)) = self.find(at, &names, Space::Types) else { return };
        let ty = Rc::new((*block.self_ty).clone());
        for item in &block.items {
            let syn::ImplItem::Fn(function) = item else { continue };
            let name = function.sig.ident.to_string();
            if function.sig.receiver().is_some_and(|r| r.reference.is_some() && r.mutability.is_some()) {
                Rc::make_mut(&mut self.mutating).insert(name.clone());
            }
            let helper = Helper {
                name: format!("{}::{name}", of.ident),
                sig: function.sig.clone(),
                body: function.block.clone(),
                of: Some((block.generics.clone(), ty.clone())),
                module: at,
            };
            let known = if deciding_item(&function.attrs) { Known::More } else { Known::One(Rc::new(helper)) };
            self.methods.entry((module, of.ident.to_string(), name)).and_modify(|k| *k = Known::More).or_insert(known);
        }
    }

    pub(super) fn method(&self, of: (usize, String), name: &str) -> Option<Rc<Helper>> {
        match self.methods.get(&(of.0, of.1, name.to_owned()))? {
            Known::One(helper) => Some(helper.clone()),
            Known::More => None,
        }
    }
    pub(super) fn function(&self, at: usize, path: &[String]) -> Option<Rc<Helper>> {
        match self.find(at, path, Space::Values)? {
            (Meaning::Function(helper), _) => Some(helper),
            _ => None,
        }
    }
    /// What a path in the place of a type means, and in which module that stands; an import of something from outside is what it imports.
    pub(super) fn of_type(&self, at: usize, path: &[String]) -> Option<(Meaning, usize)> {
        self.find(at, path, Space::Types)
    }
    pub(super) fn of_value(&self, at: usize, path: &[String]) -> Option<Meaning> {
        self.find(at, path, Space::Values).map(|found| found.0)
    }
    pub(super) fn constants(&self, at: usize) -> Vec<(Ident, Rc<syn::ItemConst>)> {
        let Some(module) = self.modules.get(at) else { return Vec::new() };
        module.constants.iter().map(|c| (c.ident.clone(), c.clone())).collect()
    }

    /// What a path means, seen from a module.
    fn find(&self, at: usize, path: &[String], space: Space) -> Option<(Meaning, usize)> {
        self.follow(at, path, space, IMPORTS)
    }
    fn follow(&self, at: usize, path: &[String], space: Space, left: usize) -> Option<(Meaning, usize)> {
        let left = left.checked_sub(1)?;
        let module = self.modules.get(at)?;
        let (first, rest) = path.split_first()?;
        match (first.as_str(), rest) {
            ("self", [_, ..]) => return self.follow(at, rest, space, left),
            ("super", [_, ..]) => return self.follow(module.parent?, rest, space, left),
            _ => {}
        }
        let here = if rest.is_empty() && space == Space::Values { &module.values } else { &module.types };
        let found = match here.get(first) {
            Some(Meaning::Import(target)) if self.is_outside(at, target) => Some((Meaning::Import(target.clone()), at)),
            Some(Meaning::Import(target)) => {
                let space = if rest.is_empty() { space } else { Space::Types };
                self.follow(at, target, space, left)
            }
            Some(meaning) => Some((meaning.clone(), at)),
            // of two that are imported with all others, rustc takes none
            None => {
                let space = if rest.is_empty() { space } else { Space::Types };
                let imported = |glob: &Vec<String>| {
                    let mut path = glob.clone();
                    path.push(first.clone());
                    self.follow(at, &path, space, left)
                };
                let mut all = module.globs.iter().filter_map(imported);
                all.next().filter(|_| all.next().is_none())
            }
        }?;
        match (found, rest) {
            (found, []) => Some(found),
            ((Meaning::Module(inside), _), _) => self.follow(inside, rest, space, left),
            ((Meaning::Import(mut target), at), _) => {
                target.extend(rest.iter().cloned());
                Some((Meaning::Import(target), at))
            }
            _ => None,
        }
    }
    /// Whether a path begins with a name that no module here has.
    fn is_outside(&self, at: usize, path: &[String]) -> bool {
        let Some(module) = self.modules.get(at) else { return true };
        match path {
            [first, ..] if first == "self" => false,
            [first, rest @ ..] if first == "super" => module.parent.is_none_or(|parent| self.is_outside(parent, rest)),
            [first] => !module.types.get(first).is_some_and(|m| !matches!(m, Meaning::Import(_))),
            [first, ..] => {
                !module.types.contains_key(first)
                    || module.types.get(first).is_some_and(|m| matches!(m, Meaning::Import(path) if path.first() == Some(first)))
            }
            [] => true,
        }
    }
}

/// The names of the items in a body, at any depth.
pub(crate) fn items_of(body: &syn::Block) -> HashSet<String> {
    struct Items(HashSet<String>);
    impl<'a> syn::visit::Visit<'a> for Items {
        fn visit_item(&mut self, item: &'a Item) {
            let name = match item {
                Item::Fn(item) => Some(&item.sig.ident),
                Item::Struct(item) => Some(&item.ident),
                Item::Enum(item) => Some(&item.ident),
                Item::Union(item) => Some(&item.ident),
                Item::Type(item) => Some(&item.ident),
                Item::Trait(item) => Some(&item.ident),
                Item::Mod(item) => Some(&item.ident),
                _ => None,
            };
            self.0.extend(name.map(ToString::to_string));
            syn::visit::visit_item(self, item);
        }
        fn visit_use_name(&mut self, tree: &'a syn::UseName) {
            self.0.insert(tree.ident.to_string());
        }
        fn visit_use_rename(&mut self, tree: &'a syn::UseRename) {
            self.0.insert(tree.rename.to_string());
        }
    }
    let mut items = Items(HashSet::new());
    syn::visit::Visit::visit_block(&mut items, body);
    items.0
}

/// Types and modules, or values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Types,
    Values,
}

fn name_once(names: &mut HashMap<String, Meaning>, name: &Ident, meaning: Meaning) {
    names.entry(name.to_string()).and_modify(|m| *m = Meaning::Other).or_insert(meaning);
}

/// Whether an attribute may decide about an item. Ours and `derive` do not.
fn deciding_item(attrs: &[syn::Attribute]) -> bool {
    let harmless = |a: &&syn::Attribute| {
        let last = a.path().segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        super::ours(&last).is_some() || ["derive", "non_exhaustive", "repr", "serde"].contains(&last.as_str())
    };
    let rest: Vec<syn::Attribute> = attrs.iter().filter(|a| !harmless(a)).cloned().collect();
    deciding(&rest).is_some()
}
