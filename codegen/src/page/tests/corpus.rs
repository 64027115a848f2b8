#[test]
fn dump() {
    let out = std::env::var("DUMP").unwrap_or_default();
    if out.is_empty() {
        return;
    }
    for path in std::env::var("PAGES").unwrap_or_default().split(':') {
        let bytes = std::fs::read(path).unwrap();
        let name = path.rsplit('/').next().unwrap();
        let start = std::time::Instant::now();
        let read = crate::page::read(&bytes);
        let took = start.elapsed();
        println!("{took:?} {} {name}", bytes.len());
        let text = match &read {
            Ok(page) => crate::page::listing(page),
            Err(refusal) => format!("REFUSED {refusal}\n"),
        };
        std::fs::write(format!("{out}/{name}.txt"), text).unwrap();
    }
}
