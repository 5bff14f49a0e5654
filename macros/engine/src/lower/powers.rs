//! Powers of a matrix by an exponent that is known when the program runs.

use super::value::Binding;
use super::{Call, Lowerer, Refusal, Value};
use crate::ir::NodeId;

impl Lowerer<'_> {
    /// `Aᵏ` by squares, as nalgebra has it: with `Sⱼ = A^(2ʲ)`, the product of those `Sⱼ` whose bit is set in `k`.
    ///
    /// # Errors
    /// Where the exponent cannot be read.
    pub fn matrix_power(&mut self, call: &Call<'_>, a: NodeId) -> Result<Value, Refusal> {
        let span = call.span();
        let (matrix, argument) = (self.prologue.fresh("matrix"), self.integer_argument(call, 0)?);
        let [integer, size] = ["u32", "usize"].map(|name| self.input.signature.primitive(name));
        let product: syn::Block = syn::parse_quote_spanned!(span=> {
            let exponent: #integer = #argument;
            let mut square = #matrix.clone_owned();
            let mut power = #matrix.pow(0);
            let bits: #size = (32 - exponent.leading_zeros()) as #size;
            for bit in 0..bits {
                if (exponent >> bit) & 1 == 1 {
                    power = &power * &square;
                }
                square = &square * &square;
            }
            power
        });
        let before = self.changed.clone();
        self.changed.extend(["power", "square"].map(str::to_owned));
        // read as if it moved: companions have no variable for it, and cannot carry the loop over
        self.scopes.push([(matrix.to_string(), Binding::derived(Value::Matrix(a), true))].into());
        let value = self.block(&product);
        self.scopes.pop();
        self.changed = before;
        value
    }
}
