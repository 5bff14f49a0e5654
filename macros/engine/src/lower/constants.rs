//! Constants of the scalar type, as generic code spells them.

use super::{Lowerer, Refusal, Value};

impl Lowerer<'_> {
    /// `T::one()`, `nalgebra::convert(2.0)`, `T::from_f64(0.5)`, `f64::from(n)` and their kin; `None` if the call is none of them.
    pub(super) fn scalar_path_call(
        &mut self,
        of: &str,
        last: &syn::PathSegment,
        args: &[&syn::Expr],
    ) -> Result<Option<Value>, Refusal> {
        let name = last.ident.to_string();
        let on_type = super::calls::is_scalar_name(of, self);
        let on_nalgebra = ["nalgebra", "na"].contains(&of);
        let constant = match (name.as_str(), args) {
            ("zero", []) if on_type || on_nalgebra => 0.0,
            ("one", []) if on_type || on_nalgebra => 1.0,
            ("pi", []) if on_type => std::f64::consts::PI,
            ("two_pi", []) if on_type => std::f64::consts::TAU,
            ("frac_pi_2", []) if on_type => std::f64::consts::FRAC_PI_2,
            ("e", []) if on_type => std::f64::consts::E,
            ("ln_2", []) if on_type => std::f64::consts::LN_2,
            ("convert", [value]) if on_nalgebra => return self.converted(value).map(Some),
            ("from_f64" | "from_f32" | "from_usize" | "from_i32" | "from_u32", [value]) if on_type => {
                let inner = self.converted(value)?;
                return Ok(Some(Value::Some(Box::new(inner))));
            }
            ("from", [value]) if on_type => return self.converted(value).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(self.scalar(|g| g.constant(constant))))
    }

    /// A literal or an integer as a scalar.
    fn converted(&mut self, e: &syn::Expr) -> Result<Value, Refusal> {
        match self.expression(e)? {
            Value::Scalar(id) if self.graph.constant_value(id).is_some() => Ok(Value::Scalar(id)),
            Value::Int(n) if n.constant().is_some() => {
                #[allow(clippy::cast_precision_loss)] // a literal
                let value = n.constant().unwrap_or_default() as f64;
                Ok(self.scalar(|g| g.constant(value)))
            }
            Value::Int(n) if n.known.as_ref().is_some_and(|i| i.code.is_none()) => {
                let index = n.known.unwrap_or_default();
                #[allow(clippy::cast_precision_loss)] // dimensions are far below 2⁵³
                let base = index.base as f64;
                Ok(self.scalar(|g| {
                    let mut terms: Vec<_> = index.dims.iter().map(|d| (1.0, g.dim(*d))).collect();
                    if base != 0.0 {
                        terms.push((1.0, g.constant(base)));
                    }
                    if let [(_, one)] = terms[..] { one } else { g.lin(&terms) }
                }))
            }
            other => Err(self.fence().expected("a number written out", e, &other)),
        }
    }
}
