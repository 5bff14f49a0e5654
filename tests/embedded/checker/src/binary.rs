//! What is in a linked binary, by its disassembly: functions, what they call, how much stack they take.

use std::collections::{BTreeMap, BTreeSet};

/// A function of the binary.
#[derive(Debug, Default)]
pub struct Function {
    /// Its name, as a person reads it.
    pub name: String,
    /// Its bytes, constants included.
    pub size: u32,
    /// Bytes of stack that it takes itself.
    pub frame: u32,
    /// Where the functions begin that it calls or jumps to.
    pub calls: BTreeSet<u32>,
    /// Calls through a pointer.
    pub indirect: Vec<String>,
}

/// A linked binary.
#[derive(Debug, Default)]
pub struct Binary {
    functions: BTreeMap<u32, Function>,
}

impl Binary {
    /// Reads what `objdump --disassemble --demangle --no-show-raw-insn` and `nm --print-size --demangle` print.
    ///
    /// # Panics
    /// If it is not of that form.
    pub fn read(disassembly: &str, symbols: &str) -> Self {
        let mut binary = Self { functions: BTreeMap::new() };
        for line in symbols.lines() {
            // 00001234 00000056 t name
            let parts: Vec<&str> = line.splitn(4, ' ').collect();
            if let [address, size, "t" | "T" | "w" | "W", name] = parts[..]
                && let (Ok(address), Ok(size)) = (u32::from_str_radix(address, 16), u32::from_str_radix(size, 16))
            {
                // the lowest bit says that the code is Thumb's
                binary.functions.insert(address & !1, Function { name: name.to_owned(), size, ..Function::default() });
            }
        }
        binary.read_code(disassembly);
        binary
    }

    fn read_code(&mut self, disassembly: &str) {
        let mut here = None;
        for line in disassembly.lines() {
            if let Some((address, name)) = heading(line) {
                let function = self.functions.entry(address).or_default();
                if function.name.is_empty() {
                    name.clone_into(&mut function.name);
                }
                here = Some(address);
            } else if let (Some(start), Some((at, code))) = (here, instruction(line)) {
                let target = target(code).and_then(|to| self.function_at(to)).filter(|to| *to != start);
                let Some(function) = self.functions.get_mut(&start) else { continue };
                function.size = function.size.max(at + 2 - start);
                function.calls.extend(target);
                function.frame += stack(code);
                if is_indirect(code) {
                    function.indirect.push(code.replace('\t', " "));
                }
            }
        }
    }

    /// Where the function begins that has this address.
    fn function_at(&self, address: u32) -> Option<u32> {
        self.functions.range(..=address).next_back().map(|(start, _)| *start)
    }

    /// All functions.
    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.values()
    }

    /// The function whose name ends like this.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.functions.iter().find(|(_, f)| f.name.ends_with(name)).map(|(address, _)| *address)
    }

    /// The functions that one may come to, itself included.
    pub fn reachable(&self, from: u32) -> Vec<&Function> {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(address) = next.pop() {
            if seen.insert(address) {
                next.extend(&self.functions[&address].calls);
            }
        }
        seen.iter().map(|address| &self.functions[address]).collect()
    }

    /// Bytes of stack that a function and what it calls take at most; none if it is recursive.
    pub fn depth(&self, from: u32) -> Option<u32> {
        self.depth_within(from, &mut Vec::new())
    }

    fn depth_within(&self, from: u32, above: &mut Vec<u32>) -> Option<u32> {
        if above.contains(&from) {
            return None;
        }
        above.push(from);
        let function = &self.functions[&from];
        let mut deepest = 0;
        for callee in &function.calls {
            deepest = deepest.max(self.depth_within(*callee, above)?);
        }
        above.pop();
        Some(function.frame + deepest)
    }
}

/// `00001234 <name>:`
fn heading(line: &str) -> Option<(u32, &str)> {
    let (address, rest) = line.split_once(" <")?;
    Some((u32::from_str_radix(address, 16).ok()?, rest.strip_suffix(">:")?))
}

/// `    1234:\tbl\t5678 <name>`
fn instruction(line: &str) -> Option<(u32, &str)> {
    let (address, code) = line.trim_start().split_once(":\t")?;
    Some((u32::from_str_radix(address, 16).ok()?, code.trim_end()))
}

/// Where a jump or a call goes to, if the instruction says it.
fn target(code: &str) -> Option<u32> {
    let (operation, rest) = code.split_once('\t')?;
    if !operation.starts_with('b') && !operation.starts_with("cb") {
        return None;
    }
    // `cbz r0, 1234 <name+0x56>`
    let (before, _) = rest.split_once(" <")?;
    u32::from_str_radix(before.rsplit(' ').next()?, 16).ok()
}

/// Bytes that an instruction takes from the stack.
fn stack(code: &str) -> u32 {
    let Some((operation, rest)) = code.split_once('\t') else { return 0 };
    match operation.split('.').next().unwrap_or_default() {
        "push" => 4 * registers(rest, 'r'),
        "stmdb" if rest.starts_with("sp!") => 4 * registers(rest, 'r'),
        "vpush" => registers(rest, 's') * 4 + registers(rest, 'd') * 8,
        "sub" | "subw" if rest.starts_with("sp, ") => {
            rest.rsplit('#').next().and_then(|n| n.split([' ', '\t']).next()?.parse().ok()).unwrap_or(0)
        }
        "str" if rest.contains("[sp, #-") && rest.ends_with("]!") => 4,
        _ => 0,
    }
}

/// How many registers stand in a list: `{r4, r5, lr}`, `{d8-d11}`.
fn registers(list: &str, kind: char) -> u32 {
    let inside = list.split(['{', '}']).nth(1).unwrap_or_default();
    let number = |name: &str| -> Option<u32> {
        match name.trim() {
            "fp" if kind == 'r' => Some(11),
            "sl" if kind == 'r' => Some(10),
            "ip" if kind == 'r' => Some(12),
            "lr" if kind == 'r' => Some(14),
            "pc" if kind == 'r' => Some(15),
            name => name.strip_prefix(kind)?.parse().ok(),
        }
    };
    let count = |part: &str| match part.split_once('-') {
        Some((first, last)) => number(first).zip(number(last)).map_or(0, |(a, b)| b - a + 1),
        None => u32::from(number(part).is_some()),
    };
    inside.split(',').map(count).sum()
}

/// Whether it jumps to where a register says, other than to return.
fn is_indirect(code: &str) -> bool {
    let Some((operation, rest)) = code.split_once('\t') else { return false };
    match operation.split('.').next().unwrap_or_default() {
        "blx" | "bx" => rest.starts_with('r') || ["ip", "sl", "fp"].iter().any(|r| rest.starts_with(r)),
        "mov" | "ldr" => rest.starts_with("pc,"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Binary;

    const SYMBOLS: &str = "\
00000100 00000010 t firmware::routines::case::generated
00000120 00000008 t helper
00000140 00000004 t core::panicking::panic_bounds_check
00000160 00000004 t loops
0000016 broken";

    const DISASSEMBLY: &str = "
00000100 <firmware::routines::case::generated>:
     100:\tstmdb\tsp!, {r4, r5, r6, lr}
     104:\tvpush\t{d8-d9}
     106:\tsub\tsp, #24
     108:\tcbz\tr0, 10c <firmware::routines::case::generated+0xc>
     10a:\tbl\t120 <helper>
     10e:\tbx\tlr

00000120 <helper>:
     120:\tpush\t{r7, lr}
     122:\tbcs.n\t140 <core::panicking::panic_bounds_check>
     124:\tblx\tr3

00000140 <core::panicking::panic_bounds_check>:
     140:\tudf\t#254

00000160 <loops>:
     160:\tb.w\t160 <loops>
     162:\tbl\t120 <helper>
";

    #[test]
    fn what_is_called_and_what_it_takes() {
        let binary = Binary::read(DISASSEMBLY, SYMBOLS);
        let case = binary.find("case::generated").expect("it is there");
        let names: Vec<&str> = binary.reachable(case).iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["firmware::routines::case::generated", "helper", "core::panicking::panic_bounds_check"]);
        assert_eq!(binary.depth(case), Some(16 + 16 + 24 + 8));
        assert_eq!(binary.reachable(case).iter().map(|f| f.indirect.len()).sum::<usize>(), 1);
        assert_eq!(binary.reachable(case).iter().map(|f| f.size).sum::<u32>(), 0x10 + 8 + 4);
    }

    #[test]
    fn recursion_has_no_depth() {
        let recursive = DISASSEMBLY.replace("140:\tudf\t#254", "140:\tbl\t120 <helper>");
        let binary = Binary::read(&recursive, SYMBOLS);
        assert_eq!(binary.depth(binary.find("helper").expect("it is there")), None);
    }
}
