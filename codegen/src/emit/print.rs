//! Tokens to formatted text, one item at a time.

use proc_macro2::TokenStream;
use quote::quote;

/// What an emitter wrote is no Rust: a mistake of the generator, which a lint should have kept from happening.
#[derive(Debug)]
pub(crate) struct NotRust(pub(crate) String);

/// What a file is made of.
pub(super) enum Piece {
    Items(TokenStream),
    /// A call of one of the runtime's macros, which belongs to the items above it.
    Table(String),
}

impl From<TokenStream> for Piece {
    fn from(tokens: TokenStream) -> Self {
        Self::Items(tokens)
    }
}

/// A file of pieces, with a blank line before each that does not belong to the one above.
pub(super) fn file(header: &str, pieces: impl IntoIterator<Item = impl Into<Piece>>) -> Result<String, NotRust> {
    let mut out = header.to_owned();
    for piece in pieces {
        match piece.into() {
            Piece::Items(tokens) => {
                out.push('\n');
                out.push_str(&items_text(tokens)?);
            }
            Piece::Table(text) => out.push_str(&text),
        }
    }
    Ok(out)
}

/// `rt::answer!(Name { a: "a", b: "b" });`, as many entries on a line as fit.
pub(super) fn table(macro_name: &str, subject: &str, entries: impl IntoIterator<Item = String>) -> Piece {
    const WIDTH: usize = 110;
    let entries: Vec<String> = entries.into_iter().collect();
    let short = format!("rt::{macro_name}!({subject} {{ {} }});\n", entries.join(", "));
    if short.len() <= WIDTH {
        return Piece::Table(short);
    }
    let mut out = format!("rt::{macro_name}!({subject} {{\n");
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && line.len() + entry.len() > WIDTH {
            out.push_str(&format!("   {line}\n"));
            line.clear();
        }
        line.push_str(&format!(" {entry},"));
    }
    out.push_str(&format!("   {line}\n}});\n"));
    Piece::Table(out)
}

/// One or more items as prettyplease prints them.
pub(super) fn items_text(tokens: TokenStream) -> Result<String, NotRust> {
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => Ok(prettyplease::unparse(&file)),
        Err(error) => Err(NotRust(error.to_string())),
    }
}

/// Statements, as they stand in a function.
pub(super) fn statements(tokens: &TokenStream) -> Result<Vec<String>, NotRust> {
    let text = items_text(quote!(fn main() { #tokens }))?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.pop();
    Ok(lines.iter().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect())
}

/// A doc comment.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = crate::docs::lines(text);
    quote!(#(#[doc = #lines])*)
}

/// A warning for those who use it.
pub(super) fn deprecated(why: Option<&String>) -> TokenStream {
    match why.map(String::as_str) {
        None => quote!(),
        Some("") => quote!(#[deprecated]),
        Some(why) => quote!(#[deprecated = #why]),
    }
}
