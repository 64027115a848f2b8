//! Where a request goes: path values, query and headers.

use crate::encode::{
    EncodingError, Problem, check_header_name, check_header_value, check_path_template, check_path_value,
    percent_encode,
};
use crate::open_enum::OpenEnum;
use crate::secret::Secret;
use std::borrow::Cow;

/// A value that can stand in a path, a query or a header.
pub trait Param {
    /// Whether it must not be seen.
    const SECRET: bool = false;

    /// Gives each text it stands for: none when it is not set, several for a list.
    fn each(&self, put: &mut dyn FnMut(&str));
}

impl Param for str {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl Param for &str {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl Param for String {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl Param for Secret {
    const SECRET: bool = true;

    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self.expose());
    }
}

impl Param for i64 {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(&self.to_string());
    }
}

impl Param for f64 {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(&self.to_string());
    }
}

impl Param for bool {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(if *self { "true" } else { "false" });
    }
}

impl<E: OpenEnum> Param for E {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self.as_str());
    }
}

impl<T: Param> Param for Option<T> {
    const SECRET: bool = T::SECRET;

    fn each(&self, put: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.each(put);
        }
    }
}

impl<T: Param> Param for Vec<T> {
    const SECRET: bool = T::SECRET;

    fn each(&self, put: &mut dyn FnMut(&str)) {
        for value in self {
            value.each(put);
        }
    }
}

/// Collects a request's path values, query and headers.
#[derive(Default)]
pub struct Target {
    path: Vec<Given>,
    query: Vec<Given>,
    headers: Vec<Header>,
}

/// A value of the path or the query.
struct Given {
    name: Cow<'static, str>,
    value: String,
    #[cfg_attr(not(feature = "client"), allow(dead_code))] // then nothing is taken out of errors
    secret: bool,
}

/// A header, fit for HTTP.
#[derive(Clone)]
pub struct Header {
    name: Cow<'static, str>,
    value: String,
    secret: bool,
}

impl Header {
    /// Its name, as the pages write it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether its value must not be seen.
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

/// Where a request goes, encoded. Not shown by `Debug`: path and query can hold secrets.
#[derive(Clone)]
pub struct Encoded {
    path_and_query: String,
    headers: Vec<Header>,
}

impl Encoded {
    /// Path and query, to be put behind the endpoint's base path.
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The operation's own headers.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The URL at an endpoint, and the headers.
    #[cfg(feature = "client")]
    pub(crate) fn at(self, base: &str) -> (String, Vec<Header>) {
        let Self { path_and_query: mut url, headers } = self;
        url.insert_str(0, base);
        (url, headers)
    }
}

impl Target {
    /// The value of `{name}` in the path template; of a list, its elements joined by commas.
    pub fn path<P: Param + ?Sized>(&mut self, name: impl Into<Cow<'static, str>>, value: &P) {
        let mut joined: Option<String> = None;
        value.each(&mut |text| match &mut joined {
            Some(joined) => {
                joined.push(',');
                joined.push_str(text);
            }
            None => joined = Some(text.to_owned()),
        });
        self.path.extend(joined.map(|value| Given { name: name.into(), value, secret: P::SECRET }));
    }

    /// A query parameter: left out when not set, repeated for a list.
    pub fn query<P: Param + ?Sized>(&mut self, name: impl Into<Cow<'static, str>>, value: &P) {
        let name = name.into();
        value.each(&mut |text| {
            self.query.push(Given { name: name.clone(), value: text.to_owned(), secret: P::SECRET });
        });
    }

    /// A header: left out when not set, repeated for a list.
    pub fn header<P: Param + ?Sized>(&mut self, name: impl Into<Cow<'static, str>>, value: &P) {
        let name = name.into();
        value.each(&mut |text| {
            self.headers.push(Header { name: name.clone(), value: text.to_owned(), secret: P::SECRET });
        });
    }

    /// Appends what a caller added to the query. Nobody said whether it is a secret.
    pub(crate) fn extend_query(&mut self, added: &[(String, String)]) {
        let given =
            |(name, value): &(String, String)| Given { name: name.clone().into(), value: value.clone(), secret: true };
        self.query.extend(added.iter().map(given));
    }

    /// Shows each secret.
    #[cfg(feature = "client")]
    pub(crate) fn secrets(&self, visit: &mut dyn FnMut(&str)) {
        for given in self.path.iter().filter(|given| given.secret) {
            visit(&given.value);
            // What is one value in the path may have been a list.
            given.value.split(',').for_each(&mut *visit);
        }
        self.query.iter().filter(|given| given.secret).for_each(|given| visit(&given.value));
        self.headers.iter().filter(|header| header.secret).for_each(|header| visit(&header.value));
    }

    /// Encodes what was collected. `supplied` are the values that the client fills in.
    pub(crate) fn encode(
        self,
        operation: &str,
        template: &str,
        supplied: &[(&str, Option<&str>)],
    ) -> Result<Encoded, EncodingError> {
        let path_and_query = self.path_and_query(operation, template, supplied)?;
        self.check_headers(operation)?;
        Ok(Encoded { path_and_query, headers: self.headers })
    }

    fn check_headers(&self, operation: &str) -> Result<(), EncodingError> {
        for Header { name, value, .. } in &self.headers {
            check_header_name(name)
                .and_then(|()| check_header_value(value))
                .map_err(|problem| EncodingError::new(operation, format!("header {}", name.escape_debug()), problem))?;
        }
        Ok(())
    }

    fn path_and_query(
        &self,
        operation: &str,
        template: &str,
        supplied: &[(&str, Option<&str>)],
    ) -> Result<String, EncodingError> {
        let fail = |place: String, problem| EncodingError::new(operation, place, problem);
        check_path_template(template)
            .map_err(|problem| fail(format!("path \"{}\"", template.escape_debug()), problem))?;
        // With room for the endpoint, too.
        let mut url = String::with_capacity(template.len() + 128);
        let mut rest = template;
        // What is filled in has no braces left, so only the template's own text can have stray ones.
        let mut stray = false;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            url.push_str(before);
            stray |= before.contains('}');
            let given = self.path.iter().find(|given| given.name == name).map(|given| given.value.as_str());
            let supplied = supplied.iter().find(|(supplied, _)| *supplied == name).map(|(_, value)| *value);
            let value = match (given, supplied) {
                (Some(value), _) | (None, Some(Some(value))) => Ok(value),
                (None, Some(None)) => Err(Problem::MissingSupplied),
                (None, None) => Err(Problem::MissingPathValue),
            };
            let value = value.and_then(|value| check_path_value(value).map(|()| value));
            percent_encode(value.map_err(|problem| fail(format!("path.{name}"), problem))?, &mut url);
            rest = after;
        }
        url.push_str(rest);
        if stray || rest.contains(['{', '}']) {
            return Err(fail(format!("path \"{template}\""), Problem::PathTemplate));
        }
        for (index, Given { name, value, .. }) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            percent_encode(name, &mut url);
            url.push('=');
            percent_encode(value, &mut url);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open_enum::tests::Color;

    fn filled(fill: impl FnOnce(&mut Target)) -> Target {
        let mut target = Target::default();
        fill(&mut target);
        target
    }

    #[test]
    fn values_are_encoded_where_they_stand() {
        let target = filled(|target| {
            target.path("task_id", "a/b");
            target.path("ids", &vec![1, 2]);
            target.query("limit", &Some(10));
            target.query("offset", &None::<i64>);
            target.query("color", &vec![Color::Red, Color::from("x&y")]);
            target.query("empty", "");
            target.query("force", &true);
        });
        let url =
            target.path_and_query("X", "/v2/{project_id}/t/{task_id}/{ids}", &[("project_id", Some("p 1"))]).unwrap();
        assert_eq!(url, "/v2/p%201/t/a%2Fb/1%2C2?limit=10&color=red&color=x%26y&empty=&force=true");
    }

    #[test]
    fn what_cannot_be_sent_is_named() {
        let cases: &[(&str, Option<&str>, Option<&str>, &str)] = &[
            ("/{id}", Some(""), None, "X: cannot send path.id: it is empty"),
            ("/{id}", Some("."), None, "X: cannot send path.id: `.` and `..` are path steps"),
            ("/{id}", Some(".."), None, "X: cannot send path.id: `.` and `..` are path steps"),
            ("/{id}", None, None, "X: cannot send path.id: the path needs it"),
            (
                "/{project_id}/a",
                None,
                None,
                "X: cannot send path.project_id: the client supplies it, but does not know it",
            ),
            ("/{project_id}/a", None, Some(".."), "X: cannot send path.project_id: `.` and `..`"),
            ("/{id", Some("a"), None, "X: cannot send path \"/{id\": a path"),
            ("/}/{id}", Some("a"), None, "X: cannot send path \"/}/{id}\": a path"),
            ("/{id}}", Some("a"), None, "X: cannot send path \"/{id}}\": a path"),
            ("a", None, None, "X: cannot send path \"a\": a path starts with `/`"),
        ];
        for (template, id, project, expected) in cases {
            let target = filled(|target| target.path("id", &id.map(str::to_owned)));
            let error = target.path_and_query("X", template, &[("project_id", *project)]).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn bad_headers_are_named_without_their_value() {
        let target = filled(|target| target.header("X-Token", &Secret::from("hunter2\r\n")));
        let error = target.check_headers("X").unwrap_err().to_string();
        assert!(
            error.starts_with("X: cannot send header X-Token: HTTP forbids") && !error.contains("hunter2"),
            "{error}"
        );
        let target = filled(|target| {
            target.header("X-Language", &Some("en-us".to_owned()));
            target.header("X-Token", &Some(Secret::from("t")));
        });
        let encoded = target.encode("X", "/", &[]).unwrap();
        let headers = encoded.headers();
        assert_eq!((headers[0].secret, headers[1].secret, headers[0].value.as_str()), (false, true, "en-us"));
    }
}
