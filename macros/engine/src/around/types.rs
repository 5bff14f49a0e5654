//! Types of a module: aliases, and structs with their fields.

use std::rc::Rc;

use syn::visit::{self, Visit};
use syn::{Member, Type};

use super::{Meaning, Place, Substitution};

/// A struct, with the types of its fields as they are where it is named.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The module that it stands in, and its name.
    pub(crate) key: (usize, String),
    pub(crate) fields: Vec<(Member, Type)>,
    /// Of this visibility, each.
    pub(crate) item: Rc<syn::ItemStruct>,
}

impl Place {
    /// The type that an alias, or an import under another name, stands for.
    pub(crate) fn alias(&self, path: &syn::Path) -> Option<Type> {
        if path.leading_colon.is_some() || self.is_hidden(path) {
            return None;
        }
        if path.is_ident("Self") {
            return self.own_type().cloned();
        }
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let arguments = &path.segments.last()?.arguments;
        match self.around.of_type(self.module, &names)?.0 {
            Meaning::Alias(item) => {
                let all = Substitution::of_arguments(&item.generics, arguments);
                let with_defaults = item
                    .generics
                    .type_params()
                    .filter(|p| !all.contains(&p.ident))
                    .filter_map(|p| Some((p, p.default.as_ref()?)));
                let mut with = all.clone();
                for (parameter, default) in with_defaults {
                    with.insert(&parameter.ident, quote::quote!(#default));
                }
                with.applied(&*item.ty)
            }
            Meaning::Import(target) if target.last() != names.last() => {
                let mut renamed = path.clone();
                let last = renamed.segments.last_mut()?;
                last.ident = syn::Ident::new(target.last()?, last.ident.span());
                Some(Type::Path(syn::TypePath { qself: None, path: renamed }))
            }
            _ => None,
        }
    }
    /// Whether a path names a type that stands here, and no other of that name.
    pub(crate) fn is_own(&self, path: &syn::Path) -> bool {
        if self.is_hidden(path) {
            return true;
        }
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let found = self.around.of_type(self.module, &names);
        found.is_some_and(|(meaning, _)| !matches!(meaning, Meaning::Import(_) | Meaning::Module(_)))
    }
    /// A type without aliases at its root, and without references.
    pub(crate) fn plain(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        // aliases of aliases
        for _ in 0..16 {
            ty = match ty {
                Type::Reference(inner) => *inner.elem,
                Type::Paren(inner) => *inner.elem,
                Type::Group(inner) => *inner.elem,
                Type::Path(path) if path.qself.is_none() => match self.alias(&path.path) {
                    Some(target) => target,
                    None => return Type::Path(path),
                },
                other => return other,
            };
        }
        ty
    }
    /// The struct that a type is, behind references and aliases.
    pub(crate) fn structure(&self, ty: &Type) -> Option<Structure> {
        let Type::Path(path) = self.plain(ty) else { return None };
        if self.is_hidden(&path.path) {
            return None;
        }
        let names: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
        let (Meaning::Struct(item), module) = self.around.of_type(self.module, &names)? else { return None };
        let with = Substitution::of_arguments(&item.generics, &path.path.segments.last()?.arguments);
        let fields = item.fields.iter().enumerate().map(|(i, field)| {
            let member = field.ident.clone().map_or_else(|| Member::from(i), Member::Named);
            self.means_the_same(&field.ty, module).then(|| Some((member, with.applied(&field.ty)?)))?
        });
        Some(Structure { key: (module, item.ident.to_string()), fields: fields.collect::<Option<_>>()?, item })
    }
    /// The fields of a variant of an enum: `Shape::Circle`.
    pub(crate) fn variant(&self, path: &syn::Path) -> Option<Vec<(Member, Type)>> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let (variant, of) = names.split_last().filter(|(_, of)| !of.is_empty() && !self.is_hidden(path))?;
        let Some((Meaning::Enum(item), module)) = self.around.of_type(self.module, of) else { return None };
        let found = item.variants.iter().find(|v| v.ident == variant)?;
        let fields = found.fields.iter().enumerate().map(|(i, field)| {
            let member = field.ident.clone().map_or_else(|| Member::from(i), Member::Named);
            self.means_the_same(&field.ty, module).then(|| (member, field.ty.clone()))
        });
        fields.collect()
    }
    /// Whether the names in a type mean here what they mean in another module.
    fn means_the_same(&self, ty: &Type, module: usize) -> bool {
        struct Paths(Vec<Vec<String>>);
        impl<'a> Visit<'a> for Paths {
            fn visit_path(&mut self, path: &'a syn::Path) {
                self.0.push(path.segments.iter().map(|s| s.ident.to_string()).collect());
                visit::visit_path(self, path);
            }
        }
        if module == self.module {
            return true;
        }
        let mut paths = Paths(Vec::new());
        paths.visit_type(ty);
        paths.0.iter().all(|path| match (self.around.of_type(module, path), self.around.of_type(self.module, path)) {
            (None, None) => true,
            (Some((Meaning::Import(a), _)), Some((Meaning::Import(b), _))) => a == b,
            (Some((Meaning::Import(a), _)), None) | (None, Some((Meaning::Import(a), _))) => a.last() == path.last(),
            (Some((Meaning::Alias(a), _)), Some((Meaning::Alias(b), _))) => Rc::ptr_eq(&a, &b),
            (Some((Meaning::Struct(a), _)), Some((Meaning::Struct(b), _))) => Rc::ptr_eq(&a, &b),
            (Some((Meaning::Enum(a), _)), Some((Meaning::Enum(b), _))) => Rc::ptr_eq(&a, &b),
            _ => false,
        })
    }
    /// The type of a field.
    pub(crate) fn field(&self, ty: &Type, member: &Member) -> Option<Type> {
        let structure = self.structure(ty)?;
        structure.fields.into_iter().find(|(name, _)| name == member).map(|(_, ty)| ty)
    }
}
