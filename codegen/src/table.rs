//! The table of operations for the README.

use crate::model::Model;

pub(crate) fn operations(model: &Model) -> String {
    let mut out =
        "| Service | Operation | Method and path | Page | Waiters | Pages | Errata |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    for service in &model.services {
        for unit in &service.units {
            let Some(operation) = &unit.operation else { continue };
            let page = unit.pages.get(unit.lead).map_or_else(String::new, |page| {
                let title = page.title.replace('|', "\\|");
                page.url.as_ref().map_or_else(|| title.clone(), |url| format!("[{title}]({url})"))
            });
            let waiters: Vec<String> =
                operation.waiters.iter().map(|waiter| format!("`{}`", waiter.id.value)).collect();
            out.push_str(&format!(
                "| {} | `{}` | `{} {}` | {page} | {} | {} | {} |\n",
                service.id,
                operation.rust,
                operation.http.method,
                operation.http.path,
                waiters.join(", "),
                if operation.paging.is_some() { "yes" } else { "" },
                unit.errata.len()
            ));
        }
    }
    out
}
