//! What attributes make of a source.

use matgrad_engine::emit::Report;
use matgrad_engine::error::{Error, Errors};
use matgrad_engine::source::{Annotated, Source, place};
use matgrad_engine::typeset::{Math, Vocabulary, latex_equations, left, read};
use serde_json::{Value, json};

use crate::cost::costs;

pub fn explain(text: &str) -> Value {
    let source = match Source::read(text) {
        Ok(source) => source,
        Err(errors) => {
            let all = errors.as_slice().iter();
            let errors: Vec<Value> = all.map(|e| complaint(text, e.span.byte_range(), e)).collect();
            return json!({ "functions": [], "errors": errors });
        }
    };
    let mut found = Errors::default();
    let functions: Vec<Value> = source.functions().iter().map(|f| function(text, &source, f, &mut found)).collect();
    let mut errors: Vec<Value> = Vec::new();
    for error in found.as_slice() {
        let said = complaint(text, source.range(error), error);
        // attributes that stack complain of the same
        if !errors.contains(&said) {
            errors.push(said);
        }
    }
    json!({ "functions": functions, "errors": errors })
}

fn function(text: &str, source: &Source, function: &Annotated, errors: &mut Errors) -> Value {
    let range = source.attribute(function);
    let line = place(text, range.start).line;
    let head = json!({ "name": function.name(), "attribute": &text[range], "line": line });
    let mut described = match function.report() {
        Ok(report) => derivation(&report),
        Err(found) => {
            found.as_slice().iter().for_each(|e| errors.push(e.clone()));
            json!({ "refused": true })
        }
    };
    if let Ok((input, derivation)) = function.derived() {
        described["code"] = function.companions().unwrap_or_default().into();
        described["cost"] = costs(&input, &derivation);
    }
    if let (Value::Object(all), Value::Object(head)) = (&mut described, head) {
        all.extend(head);
    }
    described
}

fn derivation(report: &Report) -> Value {
    let vocabulary = Vocabulary::of(report);
    let form = |plain: &str, math: &Math| json!({ "plain": plain, "mathml": math.mathml() });
    let right = |line: &str| form(line, &read(line, &vocabulary));
    let equations = report.rows().into_iter().map(|(l, r)| json!({ "left": form(&l, &left(&l, report)), "right": right(&r) }));
    let definitions = report.definitions.iter().map(|(l, r)| json!({ "left": right(l), "right": right(r) }));
    let shapes = report.shapes.iter().map(|(name, shape)| json!({ "name": name, "shape": shape }));
    json!({
        "equations": equations.collect::<Vec<_>>(),
        "definitions": definitions.collect::<Vec<_>>(),
        "shapes": shapes.collect::<Vec<_>>(),
        "latex": latex_equations(report),
    })
}

fn complaint(text: &str, range: std::ops::Range<usize>, error: &Error) -> Value {
    let at = place(text, range.start);
    let units = |bytes: usize| text.get(..bytes).unwrap_or(text).encode_utf16().count();
    json!({ "message": error.message, "start": units(range.start), "end": units(range.end), "line": at.line, "column": at.column })
}
