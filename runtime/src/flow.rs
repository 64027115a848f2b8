//! Tables in generated code for waiting and paging. Without the client they are nothing.

/// What can be waited for with a request:
/// `waiters!(Name { WAIT_FOR_TASK = "task", state a.b, every 5 to 60, success ["x"], failure [], paused [], going []; })`.
/// Where the answer is a list, `in list by id` stands before the state, which is then a field of the entry; `in_pages` at
/// the end looks through pages.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! waiters {
    ($name:ident { $(
        $constant:ident = $id:literal
        $(, in $($list:ident).+ by $($by:ident).+)?
        , state $($state:ident).+
        , every $first:literal to $longest:literal
        , success [$($success:literal),* $(,)?]
        , failure [$($failure:literal),* $(,)?]
        , paused [$($paused:literal),* $(,)?]
        , going [$($going:literal),* $(,)?]
        $(, $how:ident)?
    );+ $(;)? }) => {
        impl $name {
            $(
                #[doc = concat!("The waiter `", $id, "`, for `Client::wait_for`.")]
                pub const $constant: $crate::__::Waiter<Self> = $crate::__::Waiter::<Self>::new($id, |answer, entry| {
                    $crate::waiters!(@found answer entry [$($($list).+ by $($by).+)?] $($state).+)
                })
                .every($first, $longest)
                .success(&[$($success),*])
                .failure(&[$($failure),*])
                .paused(&[$($paused),*])
                .going(&[$($going),*])
                $(.$how())?;
            )+
        }
    };
    (@found $answer:ident $entry:ident [] $($state:ident).+) => {{
        let _ = $entry;
        $crate::__::Found::At($crate::pages!(@get $answer $($state).+).and_then($crate::__::word))
    }};
    (@found $answer:ident $entry:ident [$($list:ident).+ by $($by:ident).+] $($state:ident).+) => {{
        let list = $crate::pages!(@get $answer $($list).+);
        match $crate::__::find(list, $entry, |item| $crate::pages!(@get item $($by).+).and_then($crate::__::word)) {
            ::core::option::Option::Some(item) => {
                $crate::__::Found::At($crate::pages!(@get item $($state).+).and_then($crate::__::word))
            }
            ::core::option::Option::None => $crate::__::Found::Missing,
        }
    }};
}

/// How a list goes on: `pages!(Name { items a.b: Item = "body.a.b", id id, offset offset from 0 by Items, total total })`, or
/// `marker marker after name` (of the last entry), or `marker marker next marker` (of the answer); `more flag` says
/// whether there is more.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($name:ident {
        items $($items:ident).+ : $item:ty = $place:literal
        $(, id $($id:ident).+)?
        $(, offset $offset:ident from $from:literal by $by:ident)?
        $(, marker $marker:ident $how:ident $($source:ident).+)?
        $(, total $($total:ident).+)?
        $(, more $($more:ident).+)?
        $(,)?
    }) => {
        impl $crate::__::Paged for $name {
            type Item = $item;
            const PLACE: &'static str = $place;

            fn items(answer: &Self::Output) -> &[$item] {
                $crate::pages!(@get answer $($items).+).map(::std::vec::Vec::as_slice).unwrap_or_default()
            }

            fn into_items(answer: Self::Output) -> ::std::vec::Vec<$item> {
                let items = (|| {
                    let value = answer;
                    $(let value = value.$items?;)+
                    ::core::option::Option::Some(value)
                })();
                items.unwrap_or_default()
            }

            $(fn id(item: &$item) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                $crate::pages!(@get item $($id).+).and_then($crate::__::word)
            })?

            fn position(&self) -> $crate::__::Position {
                $($crate::__::offset_at(&self.$offset, $from))?
                $($crate::__::marker_at(&self.$marker))?
            }

            $(fn is_first(&self) -> bool {
                $crate::__::Slot::get(&self.$offset).is_none_or(|at: i64| at == $from)
            })?

            fn advance(&mut self, answer: &Self::Output, page: $crate::__::Turn) -> bool {
                let turn = page
                    $(.total($crate::pages!(@get answer $($total).+)))?
                    $(.more($crate::pages!(@get answer $($more).+)))?;
                $($crate::__::advance_offset(&mut self.$offset, $from, $crate::__::By::$by, &turn))?
                $($crate::__::advance_marker(&mut self.$marker, $crate::pages!(@$how answer $($source).+), &turn))?
            }
        }
    };
    // The value at a path, if all of it is there.
    (@get $answer:ident $($path:ident).+) => {
        (|| {
            let value = $answer;
            $(let value = value.$path.as_ref()?;)+
            ::core::option::Option::Some(value)
        })()
    };
    (@after $answer:ident $($path:ident).+) => {
        <Self as $crate::__::Paged>::items($answer)
            .last()
            .and_then(|item| $crate::pages!(@get item $($path).+).and_then($crate::__::word))
    };
    (@next $answer:ident $($path:ident).+) => {
        $crate::pages!(@get $answer $($path).+).and_then($crate::__::word)
    };
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! waiters {
    ($($table:tt)*) => {};
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! pages {
    ($($table:tt)*) => {};
}
