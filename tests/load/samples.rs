//! The sample workspaces load, and nothing is wrong with their files.

use std::path::Path;

use pack::load;

#[test]
fn samples_load_without_a_finding() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut loaded_packs = 0;
    for workspace in [
        "packs",
        "examples/parish",
        "examples/planning",
        "examples/welsh",
    ] {
        let (root, packs) = load::select(&project.join(workspace)).expect("packs");
        for pack in packs {
            let loaded = load::load(&root, &pack);
            let said: Vec<&str> = loaded
                .findings
                .iter()
                .map(|finding| finding.message.as_str())
                .collect();
            assert_eq!(said, Vec::<&str>::new(), "{workspace} {}", pack.0);
            let meeting = loaded.meeting.expect("a meeting");
            assert!(meeting.items().count() >= 4, "{workspace} {}", pack.0);
            loaded_packs += 1;
        }
    }
    assert!(loaded_packs >= 5);
}
