//! How deep a tree the tokens make. Every reader of Rust recurses over brackets, prefixes, types and chains, and so does whatever
//! walks the tree it makes: what would overflow the stack is refused while it is still a list.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree, token_stream};

/// In hundreds of bytes of stack, as measured in an unoptimized build. A thread has 2 MiB at least.
const DEEPEST: usize = 16_000;

/// Weights: the stack that one level takes, in the same unit.
mod weight {
    pub const BRACKET: usize = 150;
    pub const BRACE: usize = 250;
    pub const TYPE_BRACKET: usize = 300;
    pub const GENERIC: usize = 600;
    pub const ARROW: usize = 400;
    pub const REFERENCE: usize = 320;
    pub const CLOSURE: usize = 220;
    pub const KEYWORD: usize = 110;
    pub const ASSIGNMENT: usize = 90;
    pub const NEGATION: usize = 50;
    pub const LINK: usize = 18;
}

/// The first token that lies too deep.
pub(crate) fn too_deep(tokens: &TokenStream) -> Option<Span> {
    let mut open = vec![Level::new(tokens, 0, false)];
    while let Some(innermost) = open.last_mut() {
        let Some(tree) = innermost.trees.next() else {
            open.pop();
            continue;
        };
        innermost.add(&tree);
        let depth = innermost.depth();
        if let TokenTree::Group(group) = &tree {
            let in_type = innermost.in_type || innermost.before_type;
            let own = match group.delimiter() {
                Delimiter::Brace => weight::BRACE,
                _ if in_type => weight::TYPE_BRACKET,
                _ => weight::BRACKET,
            };
            innermost.seen(&tree);
            open.push(Level::new(&group.stream(), depth + own, in_type && group.delimiter() != Delimiter::Brace));
            if depth + own > DEEPEST {
                return Some(group.span_open());
            }
        } else {
            innermost.seen(&tree);
            if depth > DEEPEST {
                return Some(tree.span());
            }
        }
    }
    None
}

/// The tokens between two brackets.
struct Level {
    trees: token_stream::IntoIter,
    above: usize,
    /// The weight of the expression so far, from the last `,` or `;` on.
    chain: usize,
    /// The generics that are open.
    angles: usize,
    in_type: bool,
    /// Whether a type comes.
    before_type: bool,
    last: Last,
}

/// What came before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Something that an operand follows: an operator, a keyword, nothing.
    Operator,
    /// The first character of an operator.
    Joint(char),
    /// A name.
    Name,
    /// A literal or something in brackets.
    Operand,
    /// `{ … }`, at which a statement may end.
    Block,
    /// `else`.
    Else,
}

impl Level {
    fn new(tokens: &TokenStream, above: usize, in_type: bool) -> Self {
        let trees = tokens.clone().into_iter();
        Self { trees, above, chain: 0, angles: 0, in_type, before_type: in_type, last: Last::Operator }
    }

    fn depth(&self) -> usize {
        self.above + self.chain + self.angles * weight::GENERIC
    }

    fn add(&mut self, tree: &TokenTree) {
        let after_operand = matches!(self.last, Last::Name | Last::Operand | Last::Block);
        match tree {
            TokenTree::Ident(word) => self.word(&word.to_string()),
            TokenTree::Group(_) if after_operand => self.chain += weight::LINK,
            TokenTree::Group(_) => {}
            TokenTree::Literal(literal) => self.chain += weight::LINK * literal.to_string().matches('.').count(), // of `x.0.0`
            TokenTree::Punct(punct) => self.punct(punct.as_char(), after_operand),
        }
    }

    fn word(&mut self, word: &str) {
        if self.last == Last::Block && !matches!(word, "else" | "as") {
            self.chain = 0; // a new statement
        }
        match word {
            "if" if self.last == Last::Else => {}
            "as" => self.chain += weight::LINK,
            "return" | "break" | "if" | "while" | "match" | "for" | "let" | "async" | "impl" | "dyn" => {
                self.chain += weight::KEYWORD;
            }
            _ => {}
        }
    }

    fn punct(&mut self, punct: char, after_operand: bool) {
        match (punct, self.last) {
            (';', _) | ('>', Last::Joint('=')) => (self.chain, self.angles) = (0, 0),
            (',', _) => self.chain = 0,
            ('>', Last::Joint('-')) => self.chain += weight::ARROW,
            ('>', _) => self.angles = self.angles.saturating_sub(1),
            ('<', Last::Operand | Last::Block) => self.chain += weight::LINK, // a comparison
            ('=', Last::Joint('<')) => self.angles = self.angles.saturating_sub(1),
            ('<', _) => self.angles += 1,
            ('&' | '*', _) if !after_operand => self.chain += weight::REFERENCE,
            ('|', _) if !after_operand => self.chain += weight::CLOSURE,
            ('-' | '!', _) if !after_operand => self.chain += weight::NEGATION,
            ('=', _) => self.chain += weight::ASSIGNMENT,
            ('@', _) => self.chain += weight::NEGATION,
            (':' | '#' | '\'', _) => {}
            _ => self.chain += weight::LINK,
        }
    }

    /// Notes what the next token comes after.
    fn seen(&mut self, tree: &TokenTree) {
        self.before_type = self.in_type;
        self.last = match tree {
            TokenTree::Group(g) if g.delimiter() == Delimiter::Brace => Last::Block,
            TokenTree::Group(_) | TokenTree::Literal(_) => Last::Operand,
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "else" => Last::Else,
                "return" | "break" | "if" | "while" | "match" | "in" | "let" | "mut" | "const" | "dyn" | "impl" | "as"
                | "move" => Last::Operator,
                _ if self.last == Last::Joint('\'') => Last::Operator, // a lifetime
                _ => Last::Name,
            },
            TokenTree::Punct(punct) => {
                let was = self.last;
                let c = punct.as_char();
                let arrow = c == '>' && was == Last::Joint('-');
                self.before_type |= arrow || c == '<' || (c == ':' && was != Last::Joint(':'));
                match c {
                    '>' if arrow => Last::Operator,
                    '?' => Last::Operand,
                    _ if punct.spacing() == proc_macro2::Spacing::Joint => Last::Joint(c),
                    _ => Last::Operator,
                }
            }
        };
    }
}
