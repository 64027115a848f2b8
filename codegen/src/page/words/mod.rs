//! The words by which pages announce what follows: headings, captions, names of columns, status lines.

mod captions;

use super::block::{plain, squeeze};
use super::facts::Side;
pub(super) use captions::{caption, is_name, method, part_of, status_code, status_heading, status_line};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Before the first heading that is known.
    Lead,
    Uri,
    Request,
    Answer,
    ExampleRequest,
    ExampleAnswer,
    Statuses,
    /// Sample code.
    Sdk,
    /// Known to hold nothing that a spec records.
    Prose,
    /// Nobody knows it.
    Other,
}

impl Section {
    pub(super) fn side(self) -> Side {
        match self {
            Self::Uri | Self::Request | Self::ExampleRequest => Side::Request,
            Self::Answer | Self::ExampleAnswer => Side::Answer,
            _ => Side::Unknown,
        }
    }

    /// The section that a heading begins, if it is a usual one.
    pub(super) fn of(heading: &str) -> Option<Self> {
        // Most lines are none, and told by their beginning.
        let begins = |char: char| char.is_alphabetic() || " #\u{2}".contains(char);
        if heading.len() > 64 || !heading.starts_with(begins) {
            return None;
        }
        let heading = squeeze(&plain(heading)).to_lowercase();
        let heading = heading.trim_matches(['¶', ':', '：', '#', ' ', '\u{f0c1}']);
        // `Request body (required: True)`, but not `Description (as stored): what it does`
        let heading = match heading.split_once(" (") {
            Some((head, rest)) if rest.find(')').is_none_or(|end| end + 1 == rest.len()) => head,
            _ => heading,
        };
        Some(match heading {
            "uri" | "url" | "request uri" | "uri format" | "api path" => Self::Uri,
            "request" | "requests" | "request parameters" | "request parameter" | "request body" | "request header"
            | "request headers" | "request message" | "path parameters" | "query parameters" | "header parameters"
            | "parameters" | "请求参数" | "请求消息" => Self::Request,
            "response"
            | "responses"
            | "response parameters"
            | "response parameter"
            | "response message"
            | "response body"
            | "response header"
            | "response headers"
            | "returned values"
            | "响应参数"
            | "响应消息" => Self::Answer,
            "example request" | "example requests" | "request example" | "request examples" | "sample request"
            | "sample requests" | "请求示例" => Self::ExampleRequest,
            "example response" | "example responses" | "response example" | "response examples" | "sample response"
            | "sample responses" | "响应示例" | "返回示例" => Self::ExampleAnswer,
            "status code" | "status codes" | "returned value" | "return value" | "return values" | "状态码"
            | "返回值" => Self::Statuses,
            "sdk sample code" | "sample code" | "code samples" | "sdk代码示例" | "代码示例" => Self::Sdk,
            "function"
            | "functions"
            | "description"
            | "calling method"
            | "debugging"
            | "authorization information"
            | "authorization"
            | "error code"
            | "error codes"
            | "feedback"
            | "was this page helpful?"
            | "provide feedback"
            | "parent topic"
            | "prerequisites"
            | "功能介绍"
            | "接口描述"
            | "调用方法"
            | "授权信息"
            | "调试"
            | "错误码"
            | "父主题" => Self::Prose,
            _ => return None,
        })
    }

    /// Whether it is one that ends a table in text without any sign of where a table ends.
    pub(super) fn ends_tables(self) -> bool {
        !matches!(self, Self::Lead | Self::Other)
    }
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Mandatory,
    Type,
    Description,
    /// Where a parameter goes.
    Place,
    /// Limits in a form of their own: ``maxLength `255`; enum `a`, `b` ``.
    Constraints,
    Example,
    Values,
    Range,
    Default,
    Status,
    Other,
}

impl Column {
    pub(super) fn of(header: &str) -> Self {
        let begins = |char: char| char.is_alphabetic() || " \u{2}".contains(char);
        if header.len() > 64 || !header.starts_with(begins) {
            return Self::Other;
        }
        let header = squeeze(&plain(header)).to_lowercase();
        let header = header.split(" (").next().unwrap_or(&header);
        match header {
            "parameter" | "parameters" | "parameter name" | "field" | "field name" | "name" | "header"
            | "attribute" | "element" | "参数" | "参数名" | "参数名称" | "名称" | "字段" => Self::Name,
            "mandatory" | "required" | "mandatory/optional" | "mandatory or not" | "是否必选" | "是否必须" | "必选" => {
                Self::Mandatory
            }
            "type" | "parameter type" | "data type" | "value type" | "参数类型" | "类型" | "数据类型" => {
                Self::Type
            }
            "description"
            | "remarks"
            | "remark"
            | "meaning"
            | "parameter description"
            | "描述"
            | "参数描述"
            | "说明"
            | "备注" => Self::Description,
            "in" | "location" | "position" | "位置" => Self::Place,
            "constraints" => Self::Constraints,
            "example" | "example value" | "示例" => Self::Example,
            "values named in prose" | "options" | "values" => Self::Values,
            "value range" | "range" | "取值范围" => Self::Range,
            "default" | "default value" | "默认值" => Self::Default,
            "status code" | "status codes" | "code" | "http status code" | "returned value" | "return value"
            | "状态码" | "返回值" => Self::Status,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Section};

    #[test]
    fn sections() {
        let cases = [
            ("URI", Some(Section::Uri)),
            ("Request Parameters¶", Some(Section::Request)),
            ("Request body (required: True)", Some(Section::Request)),
            ("Description (as stored)", Some(Section::Prose)),
            ("Description (as stored): sets a kettle", None),
            ("Description (as stored): sets a kettle (now)", None),
            ("  Example   Requests ", Some(Section::ExampleRequest)),
            ("Status Codes:", Some(Section::Statuses)),
            ("响应示例", Some(Section::ExampleAnswer)),
            ("Constraints", None),
            ("Status code: 200", None),
            ("", None),
        ];
        for (heading, section) in cases {
            assert_eq!(Section::of(heading), section, "{heading}");
        }
    }

    #[test]
    fn columns() {
        assert_eq!(Column::of("\u{2}Parameter\u{3}"), Column::Name);
        assert_eq!(Column::of("Description (as stored)"), Column::Description);
        assert_eq!(Column::of("Colour"), Column::Other);
    }
}
