//! What a change does to those who call the services, in words that sort.

/// Declares an ordered list of verdicts and the words for them.
macro_rules! verdicts {
    ($( $(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $variant:ident $word:literal, )* } )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vmeta])* $variant, )* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }
    )* };
}

verdicts! {
    /// How much a change deserves a reviewer's attention.
    Level {
        /// Somebody who follows the old contract breaks.
        Error "error",
        /// The documentation alone cannot decide it.
        Warning "warning",
        /// Nobody breaks.
        Info "info",
    }
    /// What the change does to the bytes that go over the wire.
    WireVerdict {
        /// They are the same.
        Equal "equal",
        /// Old callers and the service still understand each other.
        Compatible "compatible",
        /// It depends on what the service does.
        Uncertain "uncertain",
        /// By the new contract, what old callers send or expect is wrong.
        Breaks "breaks",
    }
    /// What the change demands of the version of the generated crate.
    Bump {
        /// No release.
        None "none",
        /// Code that compiles goes on compiling.
        Patch "patch",
        /// The crate has something new.
        Minor "minor",
        /// Some code that compiled does not compile any more.
        Major "major",
    }
    /// What the change does to the checks of requests. No compiler sees this.
    Validator {
        /// They refuse the same.
        Same "same",
        /// They accept what they refused.
        Stops "stops refusing",
        /// They refuse some of what they accepted and the other way round, or nobody can tell.
        Unclear "may refuse otherwise",
        /// They refuse what they accepted.
        Starts "starts refusing",
    }
    /// Which way what changed travels.
    Direction {
        /// In requests.
        Request "request",
        /// In answers.
        Response "response",
        /// In both.
        Both "both",
        /// In the bodies of failed calls, which the crate reads without types.
        Failure "failure",
        /// Not at all.
        Neither "neither",
    }
    /// What part of the spec changed.
    Area {
        /// `spec.yaml`.
        Crate "crate",
        /// `service.yaml`.
        Service "service",
        /// An operation as a whole.
        Operation "operation",
        /// A parameter, or a field of a body or object.
        Field "field",
        /// An object type or enumeration as a whole.
        Type "type",
        /// A value of an enumeration.
        Value "value",
        /// A rule between fields.
        Rule "rule",
        /// A documented answer.
        Answer "answer",
        /// Waiters, paging, batches.
        Flow "flow",
        /// Pages, examples, errata, texts.
        Documentation "documentation",
    }
    /// What happened to it.
    Action {
        /// It is new.
        Added "added",
        /// It is gone.
        Removed "removed",
        /// It allows less.
        Tightened "tightened",
        /// It allows more.
        Loosened "loosened",
        /// It is another.
        Changed "changed",
    }
}

impl Action {
    /// What the same change is, read backwards.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::Tightened => Self::Loosened,
            Self::Loosened => Self::Tightened,
            Self::Changed => Self::Changed,
        }
    }
}

impl Validator {
    /// What a caller who did not read the change may expect of the version: what is refused now worked before.
    pub fn bump(self) -> Bump {
        match self {
            Self::Same => Bump::None,
            Self::Stops => Bump::Patch,
            Self::Unclear | Self::Starts => Bump::Minor,
        }
    }
}
