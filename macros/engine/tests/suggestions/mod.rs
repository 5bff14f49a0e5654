//! The `let` that a message suggests, put into the function as it is said. The tests of the engine read what comes of it again, those of the workspace compile it.

/// The suggested `let`: its name, type and value.
pub fn suggested(message: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = message.split_once("`let ")?;
    let (statement, _) = rest.split_once(";`")?;
    let (binding, value) = statement.split_once(" = ")?;
    let (name, ty) = binding.split_once(": ")?;
    Some((name, ty, value))
}

/// A body with the suggestion followed; none, if there is none.
pub fn mended(body: &str, message: &str) -> Option<String> {
    let (name, ty, value) = suggested(message)?;
    let mended = if name == value {
        // after the statements that bind it
        let (before, last) = body.rsplit_once(';').unwrap_or(("", body));
        format!("{before}; let {name}: {ty} = {value}; {last}")
    } else if value == "…" {
        let bare = name.trim_start_matches("mut ");
        let mended = body.replacen(&format!("let mut {bare} ="), &format!("let mut {bare}: {ty} ="), usize::from(bare != name));
        mended.replacen(&format!("let {name} ="), &format!("let {name}: {ty} ="), 1)
    } else {
        // before the statement that it is in, in its block
        let at = body.find(value.trim_start_matches('&')).unwrap_or(0);
        let (before, after) = body.split_at(body[..at].rfind([';', '{']).map_or(0, |i| i + 1));
        let used = after.replace(value, name).replace(value.trim_start_matches('&'), name);
        format!("{before} let {name}: {ty} = {value}; {used}")
    };
    // a parameter has no `let`; it becomes a value of its own
    Some(if mended == *body { format!("let {name}: {ty} = g(n); {body}") } else { mended })
}
