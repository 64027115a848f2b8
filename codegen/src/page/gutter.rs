//! Line numbers and rulers that a Git web view puts beside the lines of a source.

use super::input::Source;

/// The source without its gutter, or the text as it is if it has none.
pub(super) fn off(whole: Source) -> Source {
    let lines: Vec<(u32, &str)> = whole.lines().collect();
    without_rulers(&lines).or_else(|| without_number_lines(&lines)).or_else(|| without_numbers(&lines)).unwrap_or(whole)
}

/// A line `|` after every line of the source; after an empty one it became `||`.
fn without_rulers(lines: &[(u32, &str)]) -> Option<Source> {
    let ruler = |line: &str| line == "|" || line == "||";
    let rulers = lines.iter().filter(|(_, line)| ruler(line)).count();
    let markup = |(_, line): &&(u32, &str)| line.trim_start().starts_with(['<', '+']) || line.contains("</");
    let markup = lines.iter().filter(markup).count();
    // Text with one cell per line has such lines as well, but no markup.
    if rulers * 4 < lines.len() || markup * 4 < lines.len() - rulers {
        return None;
    }
    let kept = lines.iter().filter(|(_, line)| *line != "|");
    Some(Source::of_lines(kept.map(|(number, line)| (*number, if *line == "||" { "" } else { *line }))))
}

/// A line with nothing but its number before every line.
fn without_number_lines(lines: &[(u32, &str)]) -> Option<Source> {
    let mut next = 1;
    let mut kept = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        if line.trim().parse() == Ok(next) {
            next += 1;
        } else {
            kept.push((*number, *line));
        }
    }
    // Sample code with a gutter is a part of many pages, and its numbers stand one after the other.
    let alternating = lines.windows(2).filter(|pair| is_number(pair[0].1) && !is_number(pair[1].1)).count();
    let numbers = lines.len() - kept.len();
    (numbers > 8 && numbers * 5 > lines.len() * 2 && alternating * 2 > numbers)
        .then(|| Source::of_lines(kept.into_iter()))
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.len() < 7 && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number at the beginning of every line.
fn without_numbers(lines: &[(u32, &str)]) -> Option<Source> {
    let mut next: u32 = 1;
    let mut numbered = 0;
    let mut kept = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        let start = line.trim_start();
        let digits = start.bytes().take_while(u8::is_ascii_digit).count();
        let value = start[..digits].parse::<u32>().ok();
        if value == Some(next) {
            next += 1;
            numbered += 1;
            let rest = &start[digits..];
            let rest = rest.strip_prefix(" | ").or_else(|| rest.strip_prefix(" |"));
            let rest = rest.or_else(|| start[digits..].strip_prefix(['\t', ' ', ':', '|']));
            kept.push((*number, rest.unwrap_or(&start[digits..])));
        } else {
            kept.push((*number, *line));
        }
    }
    (numbered > 8 && numbered * 10 > lines.len() * 8).then(|| Source::of_lines(kept.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::{Source, off};

    #[test]
    fn gutters_of_all_kinds() {
        let source: Vec<String> =
            (0..20).map(|row| if row == 7 { String::new() } else { format!("<tr><td>{row}</td></tr>") }).collect();
        let rulers = |line: &String| if line.is_empty() { "||\n|\n".to_owned() } else { format!("{line}\n|\n") };
        let numbered = |(at, line): (usize, &String), between: &str| format!("{:>3}{between}{line}\n", at + 1);
        let with = |between: &str| source.iter().enumerate().map(|it| numbered(it, between)).collect::<String>();
        let expected = source.join("\n");
        let views = [source.iter().map(rulers).collect(), with("\n"), with("\t"), with(" | "), with(" ")];
        for view in views {
            let read = off(Source::new(view.clone()));
            assert_eq!(read.text().trim_end(), expected, "{view}");
            let place = read.text().find("<td>12<").unwrap();
            let line = view.lines().position(|line| line.contains("<td>12<")).unwrap();
            assert_eq!(read.line_at(place) as usize, line + 1);
        }
    }

    #[test]
    fn what_is_no_gutter() {
        let cells = "|\nName |\nType |\n|---|---|\n|\na |\nString |\n";
        let code = "Some text\n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nimport x\nuse(x)\n";
        let codes = "200\nOK\n400\nBad\n";
        for text in [cells, code, codes, "", "1", "a\n|\nb\n|\n"] {
            assert_eq!(off(Source::new(text.to_owned())).text(), text);
        }
    }
}
