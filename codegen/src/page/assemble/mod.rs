//! Blocks to a page: which section a table stands in, what it is called, what its rows say.

mod classify;
mod example;
mod lines;
mod rows;
mod tables;

use super::block::{Block, CLOSE, Is, OPEN, RawTable, plain, shortened, squeeze};
use super::facts::{At, Format, Page, Request, Side, Unread, UnreadKind};
use super::words::{self, Section};
use classify::Owners;
use lines::{body_type, first_line, request_line, updated};

pub(super) fn assemble(blocks: Vec<Block>, format: Format, encoding: Option<&'static str>) -> Page {
    let mut page = Assembler::new(format, encoding);
    for block in blocks {
        page.block(block);
    }
    page.end()
}

struct Assembler {
    page: Page,
    section: Section,
    /// The last section that is of a request or an answer.
    side: Side,
    status: Option<u16>,
    /// The last paragraph since anything else.
    above: Option<(u32, String)>,
    /// A heading that says what its table is.
    heading: Option<String>,
    /// The type that the text calls the body's.
    body: Option<String>,
    owners: Owners,
    sample: bool,
    rows: usize,
}

impl Assembler {
    fn new(format: Format, encoding: Option<&'static str>) -> Self {
        let page = Page {
            format,
            encoding,
            title: None,
            updated: None,
            requests: Vec::new(),
            tables: Vec::new(),
            statuses: Vec::new(),
            examples: Vec::new(),
            unread: Vec::new(),
            counts: super::facts::Counts::default(),
        };
        Self {
            page,
            section: Section::Lead,
            side: Side::Unknown,
            status: None,
            above: None,
            heading: None,
            body: None,
            owners: Owners::default(),
            sample: false,
            rows: 0,
        }
    }

    fn block(&mut self, block: Block) {
        let line = block.line;
        match block.is {
            Is::Heading { level, text } => self.heading(line, level, &text),
            Is::Text(text) => self.text(line, text),
            Is::Code(text) => self.code(line, &text),
            Is::Table(raw) => self.table(line, *raw),
            Is::NoTable { what, why } => {
                self.page.counts.tables.found += 1;
                self.unread(line, UnreadKind::Table, &what, why);
            }
        }
    }

    fn unread(&mut self, line: u32, kind: UnreadKind, what: &str, why: String) {
        self.page.unread.push(Unread { line, kind, what: shortened(what), why });
    }

    fn heading(&mut self, line: u32, level: u8, text: &str) {
        let text = squeeze(text.trim_end_matches(['¶', '\u{f0c1}']));
        if text.is_empty() {
            return;
        }
        let (head, rest) = text.split_once([':', '：']).unwrap_or((&text, ""));
        let known = Section::of(&text).or_else(|| Section::of(head)).or_else(|| self.sample_section(&text));
        if self.page.title.is_none() && level == 1 && self.section == Section::Lead {
            self.page.title = Some(At::new(line, text));
            return self.enter(known.unwrap_or(Section::Lead));
        }
        if self.section == Section::Answer && words::status_heading(&text).is_some() {
            self.status = words::status_heading(&text);
            self.owners.next_answer();
            self.above = None;
            return;
        }
        if self.section == Section::Lead {
            self.title_from_text();
        }
        self.page.counts.sections.found += 1;
        self.page.counts.sections.read += usize::from(known.is_some());
        let section = known.unwrap_or(Section::Other);
        if section == Section::Other {
            let prose = matches!(
                text.to_lowercase().as_str(),
                "constraints" | "restrictions" | "notes" | "约束限制" | "约束与限制"
            );
            let why =
                if prose { "it is prose, and may demand something" } else { "its heading is none of those known" };
            self.unread(line, UnreadKind::Section, &text, why.to_owned());
        }
        let named = rest.split_whitespace().next().filter(|name| words::is_name(name));
        self.body = named.filter(|_| known.is_some()).map(str::to_owned);
        self.enter(section);
        self.heading = Some(text);
    }

    fn enter(&mut self, section: Section) {
        if section.side() != self.section.side() {
            self.owners.next_answer();
            self.status = None;
        }
        if section.side() != Side::Unknown {
            self.side = section.side();
        }
        if !matches!(section, Section::Answer | Section::ExampleAnswer) || section != self.section {
            self.status = None;
        }
        self.section = section;
        (self.sample, self.heading) = (false, None);
        self.above = None;
    }

    /// `Sample` is that of what stands above it.
    fn sample_section(&self, text: &str) -> Option<Section> {
        if text.len() > 16 {
            return None;
        }
        let text = text.trim_end_matches([':', '：']).to_ascii_lowercase();
        let sample = matches!(text.as_str(), "sample" | "samples" | "example" | "examples" | "示例");
        match self.side {
            Side::Request if sample => Some(Section::ExampleRequest),
            Side::Answer if sample => Some(Section::ExampleAnswer),
            _ => None,
        }
    }

    /// In text without headings the title is the last line before the first section.
    fn title_from_text(&mut self) {
        if self.page.title.is_none()
            && let Some((line, text)) = &self.above
            && text.len() < 200
        {
            self.page.title = Some(At::new(*line, plain(text.trim_end_matches(['¶', ' ']))));
        }
    }

    fn text(&mut self, line: u32, text: String) {
        if let Some(day) = updated(&text).filter(|_| self.page.updated.is_none()) {
            self.page.updated = Some(day);
            return;
        }
        if self.section == Section::Sdk {
            return self.sample(line);
        }
        if let Some(status) = words::status_line(&text) {
            self.status = Some(status);
            self.owners.next_answer();
            self.above = None;
            return;
        }
        let bare = plain(&text);
        let section = Section::of(&bare).or_else(|| self.sample_section(&bare));
        if let Some(section @ (Section::ExampleRequest | Section::ExampleAnswer)) = section {
            return self.enter(section);
        }
        if self.request(line, &bare) {
            return;
        }
        if let Some(name) = body_type(&bare) {
            self.body = Some(name);
        }
        self.above = Some((line, text));
    }

    /// Takes the line that names method and path, where no example is.
    fn request(&mut self, line: u32, text: &str) -> bool {
        if !matches!(self.section, Section::Lead | Section::Uri | Section::Request | Section::Other) {
            return false;
        }
        let Some(request) = request_line(text) else { return false };
        let request = Request {
            path: match request.path.split_once("://") {
                // Only under its own heading a whole URL is more than an example.
                Some((_, rest)) if self.section == Section::Uri => {
                    rest.find('/').map_or(String::new(), |at| rest[at..].to_owned())
                }
                Some(_) => return false,
                None => request.path,
            },
            ..request
        };
        if !request.path.starts_with('/') {
            return false;
        }
        if !self.page.requests.iter().any(|known| known.is == request) && self.page.requests.len() < 64 {
            self.page.requests.push(At::new(line, request));
        }
        true
    }

    fn code(&mut self, line: u32, text: &str) {
        if self.section == Section::Sdk {
            return self.sample(line);
        }
        let gutter = text.chars().all(|char| char.is_ascii_digit() || char.is_whitespace());
        if gutter || text.trim().is_empty() {
            return;
        }
        if matches!(self.section, Section::Uri | Section::Lead | Section::Other) {
            let mut any = false;
            for (number, text) in (line..).zip(text.lines().take(64)) {
                any |= self.request(number, text);
            }
            if any {
                return;
            }
        }
        self.page.counts.code.found += 1;
        let side = match self.section.side() {
            Side::Unknown => self.side,
            side => side,
        };
        let is_request = super::code::is_request(text.trim_start());
        let side = if is_request { Side::Request } else { side };
        if side == Side::Unknown {
            return self.unread(
                line,
                UnreadKind::Code,
                first_line(text),
                "it stands under no heading of an example".to_owned(),
            );
        }
        let caption = self.above.take().map(|(_, text)| plain(&text));
        self.above = None;
        let status = self.status.filter(|_| side == Side::Answer);
        let (example, why) = example::read(line, side, caption, status, text);
        match why {
            Some(why) => self.unread(line, UnreadKind::Code, first_line(text), why),
            None => self.page.counts.code.read += 1,
        }
        self.page.examples.push(example);
    }

    /// Counts the sample code of a section once.
    fn sample(&mut self, line: u32) {
        if !std::mem::replace(&mut self.sample, true) {
            self.page.counts.code.found += 1;
            self.unread(
                line,
                UnreadKind::Code,
                "sample code",
                "programs that use an SDK are no facts of the API".to_owned(),
            );
        }
    }

    fn table(&mut self, line: u32, raw: RawTable) {
        if self.section == Section::Sdk {
            return self.sample(line);
        }
        let caption = self.caption(&raw);
        self.above = None;
        self.page.counts.tables.found += 1;
        tables::read(self, line, raw, caption);
    }

    /// What the page calls a table: in the table itself, in the line above it, or in the heading.
    fn caption(&self, raw: &RawTable) -> Option<String> {
        if let Some(caption) = &raw.caption {
            return Some(words::caption(caption).unwrap_or_else(|| plain(caption)));
        }
        let above = self.above.as_ref().map(|(_, text)| text.as_str());
        let numbered = above.and_then(words::caption);
        let named = above.filter(|text| text.len() < 100).and_then(|text| {
            // `**Name** — what it is`
            let name = text.strip_prefix(OPEN).and_then(|rest| rest.split_once(CLOSE));
            let bare = match name {
                Some((name, rest)) if rest.is_empty() || rest.trim_start().starts_with(['—', '-', '–']) => {
                    name.to_owned()
                }
                _ => plain(text),
            };
            let says = words::is_name(&bare) || (!bare.ends_with(['.', '。']) && words::part_of(&bare).is_some());
            says.then_some(bare)
        });
        // `Response Parameters` are the tables of all parts, `Query parameters` only one.
        let one_part = |heading: &String| {
            let heading = heading.to_lowercase();
            ["path", "query", "header", "body"].iter().any(|part| heading.contains(part))
                && words::part_of(&heading).is_some()
        };
        let heading = || self.heading.clone().filter(one_part);
        numbered.or(named).or_else(heading)
    }

    fn end(mut self) -> Page {
        if self.section == Section::Lead && self.page.title.is_none() && !self.page.requests.is_empty() {
            self.title_from_text();
        }
        self.page.unread.sort_by_key(|unread| unread.line);
        self.page
    }
}
