//! What is no change: the place of a type, the order of fields, the way to write a fact.

use crate::support::{Edit, Files, apply, base, compare, sources, told};

fn edit(file: &str, from: &str, to: &str) -> Edit {
    Edit { file: file.to_owned(), from: from.to_owned(), to: to.to_owned() }
}

fn unchanged(what: &str, change: impl FnOnce(&mut Files)) {
    let (old, mut new) = (base(), base());
    change(&mut new);
    assert_ne!(old, new, "{what} is no edit");
    let changes = compare(&sources(&old), &sources(&new));
    assert!(changes.is_empty(), "{what}:\n{}", told(&changes));
}

fn edited(what: &str, edits: &[Edit]) {
    unchanged(what, |files| apply(files, edits).unwrap());
}

#[test]
fn the_order_of_things_is_no_change() {
    let (file, name, tier) = (
        "store/create-vault.yaml",
        "  name: {need: required, type: string, length: [1, 64], doc: Name of the vault.}\n",
        "  tier: {need: required, type: Tier, doc: Kind of storage.}\n",
    );
    edited("fields", &[edit(file, &format!("{name}{tier}"), &format!("{tier}{name}"))]);
    let (fast, cheap) = ("      fast: Fast.\n", "      cheap: Cheap.\n");
    edited("values", &[edit("store/types.yaml", &format!("{fast}{cheap}"), &format!("{cheap}{fast}"))]);
    let (north, south) =
        ("    north: https://vault.north.example.com\n", "    south: https://vault.south.example.com\n");
    edited("regions", &[edit("store/service.yaml", &format!("{north}{south}"), &format!("{south}{north}"))]);
    let states = "success: [ready], failure: [failed], going: [creating]";
    edited(
        "states",
        &[edit("store/show-vault.yaml", states, "going: [creating], failure: [failed], success: [ready]")],
    );
    let fields = "fields: [label, note]";
    edited(
        "fields of a rule, which are a set",
        &[edit(file, fields, fields), edit(file, "title: Create a vault", "title:  Create a vault")],
    );
}

#[test]
fn the_place_of_a_type_is_no_change() {
    // With the page that its facts come from.
    let text = String::from_utf8(base()["store/create-vault.yaml"].clone()).unwrap();
    let begin = text.find("  Owner:\n").unwrap();
    let end = text.find("  CreateVaultResponse:\n").unwrap();
    let owner = text[begin..end].replace("type: string,", "type: string, page: create,");
    let page = "  - {id: create, cloud: demo, title: Creating a Vault, url: https://docs.example.com/create.html, updated: 2025-01-01}\n";
    let (mut old, mut new) = (base(), base());
    // The page is there before, so that only the type moves.
    apply(&mut old, &[edit("store/types.yaml", "\ntypes:\n", &format!("{page}\ntypes:\n"))]).unwrap();
    apply(
        &mut new,
        &[edit(
            "store/types.yaml",
            "\ntypes:\n",
            &format!("{page}\ntypes:\n{}", owner.replace("fields: [id, mail]}]", "fields: [id, mail], page: create}]")),
        )],
    )
    .unwrap();
    apply(&mut new, &[edit("store/create-vault.yaml", &text[begin..end], "")]).unwrap();
    let changes = compare(&sources(&old), &sources(&new));
    assert!(changes.is_empty(), "{}", told(&changes));
}

#[test]
fn the_way_to_write_a_fact_is_no_change() {
    let file = "store/create-vault.yaml";
    edited("the long form", &[edit(file, "range: [1, 365]", "range: {is: [1, 365], basis: table, page: create}")]);
    edited("a comment", &[edit(file, "query:\n", "# as of today\nquery:\n")]);
    edited(
        "what is so anyway",
        &[edit("store/list-vaults.yaml", "limit: query.limit", "counts: items, limit: query.limit")],
    );
    edited(
        "the service's auth",
        &[edit("store/show-key.yaml", "idempotent: true", "idempotent: true\nauth: required")],
    );
}

#[test]
fn a_change_in_a_shared_type_is_one_with_all_it_reaches() {
    let mut new = base();
    apply(&mut new, &[edit("store/types.yaml", "length: [0, 9], ", "")]).unwrap();
    let changes = compare(&sources(&base()), &sources(&new));
    let list: Vec<_> = changes.iter().collect();
    assert_eq!(list.len(), 1, "{}", told(&changes));
    assert_eq!(list[0].operations(), ["CreateVault", "ListVaults", "MoveVaults", "ShowVault"]);
    assert_eq!(
        (list[0].subject().as_str(), list[0].before(), list[0].after()),
        ("VaultError error_code length", Some("[0, 9]"), None)
    );
}

#[test]
fn what_operations_change_alike_is_one_change_too() {
    let mut new = base();
    apply(&mut new, &[edit("store/service.yaml", "supplies: {project_id: project-id}\n", "")]).unwrap();
    let changes = compare(&sources(&base()), &sources(&new));
    let list: Vec<_> = changes.iter().collect();
    assert_eq!(list.len(), 1, "{}", told(&changes));
    assert_eq!(list[0].operations().len(), 4);
    // One more operation is another decision.
    let mut fewer = base();
    fewer.remove("store/move-vaults.yaml");
    new.remove("store/move-vaults.yaml");
    let again = compare(&sources(&fewer), &sources(&new));
    let alone = again.iter().find(|change| change.rule().id == "param-no-longer-filled").unwrap();
    assert_ne!(alone.fingerprint(), list[0].fingerprint());
}

#[test]
fn a_value_that_travels_both_ways_is_judged_by_both() {
    let mut new = base();
    apply(&mut new, &[edit("store/types.yaml", "      cheap: Cheap.\n", "      cheap: Cheap.\n      slow: Slow.\n")])
        .unwrap();
    let changes = compare(&sources(&base()), &sources(&new));
    let list: Vec<_> = changes.iter().collect();
    assert_eq!(list.len(), 1, "{}", told(&changes));
    assert_eq!(list[0].rule().id, "shared-enum-value-added");
    assert_eq!(list[0].operations(), ["CreateVault", "ListVaults", "MoveVaults", "ShowVault"]);
    let at = list[0].revision().unwrap();
    assert_eq!((at.path.as_str(), at.line, list[0].base()), ("store/types.yaml", 19, None));
}
