//! The shape of a rule, and the macro that declares tables of them.

use super::verdict::{Action, Area, Bump, Direction, Level, Validator, WireVerdict};

/// One kind of change: data, judged once and for all.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, in kebab case.
    pub id: &'static str,
    /// How much it deserves attention.
    pub level: Level,
    /// Which way what changed travels.
    pub direction: Direction,
    /// What part of the spec changed.
    pub area: Area,
    /// What happened to it.
    pub action: Action,
    /// What it does to the bytes on the wire.
    pub wire: WireVerdict,
    /// What it does to code that uses the generated crate.
    pub rust: Bump,
    /// What it does to the checks of requests.
    pub validator: Validator,
    /// The rule that reports the same change read backwards.
    pub mirror: &'static str,
    /// What it means to callers, in one sentence.
    pub means: &'static str,
    /// A change in the spec that it reports.
    pub example: &'static str,
}

impl Rule {
    /// What the version of the generated crate must say of it: the compiler's verdict, or that of the checks.
    pub fn bump(&self) -> Bump {
        self.rust.max(self.validator.bump())
    }
}

/// Declares rules, each a constant, and the table of them. A row is: how much it matters, which way it travels, what changed and
/// how; then the verdicts on wire, Rust and validator; then the mirror, what it means, an example.
macro_rules! rules {
    ($( $name:ident = $id:literal $level:ident $direction:ident $area:ident $action:ident,
        $wire:ident $rust:ident $validator:ident, mirror $mirror:literal, $means:literal, $example:literal; )*) => {
        $(
            pub(crate) static $name: $crate::diff::Rule = $crate::diff::Rule {
                id: $id,
                level: $crate::diff::Level::$level,
                direction: $crate::diff::Direction::$direction,
                area: $crate::diff::Area::$area,
                action: $crate::diff::Action::$action,
                wire: $crate::diff::WireVerdict::$wire,
                rust: $crate::diff::Bump::$rust,
                validator: $crate::diff::Validator::$validator,
                mirror: $mirror,
                means: $means,
                example: $example,
            };
        )*

        pub(super) static RULES: &[&$crate::diff::Rule] = &[$(&$name),*];

        /// Each rule's name in this program, which is its id in capitals.
        #[cfg(test)]
        pub(super) static NAMES: &[(&str, &str)] = &[$((stringify!($name), $id)),*];
    };
}
pub(super) use rules;
