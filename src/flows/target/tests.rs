use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

const BUNDLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mserv/bundles");

struct Bench {
    root: TempDir,
    settings: Settings,
}

impl Bench {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), settings: Settings::default() }
    }

    fn here(&self) -> Here {
        Here { bundles: self.root.path().join("bundles"), state: None, public_key: None }
    }

    fn target(&self, name: &str) -> Result<Target, Problem> {
        Target::of(name, &self.settings, &self.here())
    }

    fn host(&self) -> Target {
        self.target(HOST).unwrap()
    }

    /// Everything in the host's folder, hidden or not.
    fn there(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.here().bundles) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    async fn push(&self, file: &str, name: &str) -> Result<Pushed, Problem> {
        push(&self.host(), file, name).await
    }
}

async fn push(target: &Target, file: &str, name: &str) -> Result<Pushed, Problem> {
    target.push(&bundle(file), name, silent(), &CancellationToken::new()).await
}

fn bundle(name: &str) -> PathBuf {
    Path::new(BUNDLES).join(name)
}

fn silent() -> Told {
    Arc::new(|_| {})
}

const NAME: &str = "orders-0123abcd.zip";

#[tokio::test]
async fn a_folder_keeps_one_content_under_a_name() {
    let bench = Bench::new();
    assert_eq!(bench.host().health().await.unwrap(), "not there yet: the first push makes it");
    assert_eq!(bench.host().list().await, Ok(Vec::new()));
    let pushed = bench.push("python-auth.zip", NAME).await.unwrap();
    let expected = Pushed { id: NAME.into(), bundle: NAME.into(), already_there: false, url: None };
    assert_eq!(pushed, expected);
    assert_eq!(bench.host().health().await.unwrap(), "is there, and can be written");
    let again = bench.push("python-auth.zip", NAME).await;
    assert_eq!(again, Ok(Pushed { already_there: true, ..expected }));
    let problem = bench.push("python-auth-v2.zip", NAME).await.unwrap_err();
    assert!(problem.what.contains("other content"), "{problem}");
    assert_eq!(
        fs::read(bench.here().bundles.join(NAME)).unwrap(),
        fs::read(bundle("python-auth.zip")).unwrap()
    );
    assert_eq!(bench.there(), [NAME]);
}

#[tokio::test]
async fn a_folders_list_says_what_its_manifests_say() {
    let bench = Bench::new();
    bench.push("python-auth.zip", NAME).await.unwrap();
    let dir = bench.here().bundles;
    fs::copy(bundle("no-manifest.zip"), dir.join("no-manifest.zip")).unwrap();
    fs::write(dir.join("notes.txt"), "no bundle").unwrap();
    fs::write(dir.join(".tyk-tui-1.tmp"), fs::read(bundle("python-auth.zip")).unwrap()).unwrap();
    fs::create_dir(dir.join("folder.zip")).unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH;
    fs::File::options().append(true).open(dir.join(NAME)).unwrap().set_modified(old).unwrap();
    let listed = bench.host().list().await.unwrap();
    let names: Vec<_> = listed.iter().map(|stored| stored.id.as_str()).collect();
    assert_eq!(names, ["no-manifest.zip", NAME], "the newest first");
    assert!(listed[0].note.is_some() && listed[0].checksum.is_none());
    assert_eq!(listed[1].checksum.as_deref(), Some("8ee6c4aea014a28d98ed27d0ccb2be3d"));
    assert_eq!((listed[1].bytes, listed[1].at), (Some(705), Some(Timestamp::UNIX_EPOCH)));
    assert_eq!(listed[1].hooks, ["auth_check MyAuthMiddleware"]);
}

#[tokio::test]
async fn nothing_half_done_is_left_of_what_is_refused() {
    let mut bench = Bench::new();
    let problem = bench.push("wrong-checksum.zip", NAME).await.unwrap_err();
    assert!(problem.what.contains("is not sound"), "{problem}");
    assert_eq!(problem.kind, Kind::No);
    for name in ["../x.zip", "a/b.zip", "", ".", ".tyk-tui-x.tmp", "a.zip/"] {
        assert_eq!(
            bench.push("python-auth.zip", name).await.unwrap_err().kind,
            Kind::Usage,
            "{name}"
        );
    }
    let cancel = CancellationToken::new();
    cancel.cancel();
    let host = bench.host();
    let pushed = host.push(&bundle("python-auth.zip"), NAME, silent(), &cancel).await;
    assert_eq!(pushed.unwrap_err().kind, Kind::Interrupted);
    assert_eq!(bench.there(), [""; 0]);

    let small = config::Target {
        dir: Some(bench.here().bundles),
        max_size: 704,
        ..config::Target::default()
    };
    bench.settings.targets.insert("small".into(), small);
    let small = bench.target("small").unwrap();
    let problem = push(&small, "python-auth.zip", NAME).await.unwrap_err();
    assert!(problem.what.contains("705 B, and the target takes 704 B"), "{problem}");
    assert!(problem.help.unwrap().contains("5 s"));
    assert_eq!(bench.there(), [""; 0]);
}

#[tokio::test]
async fn what_is_fetched_was_verified_and_what_is_deleted_is_a_bundle_of_the_folder() {
    let bench = Bench::new();
    bench.push("python-auth.zip", NAME).await.unwrap();
    let dir = bench.here().bundles;
    fs::copy(bundle("wrong-checksum.zip"), dir.join("bad.zip")).unwrap();
    let (host, cancel) = (bench.host(), CancellationToken::new());
    let into = bench.root.path().join("fetched.zip");
    let bad = host.fetch("bad.zip", &into, silent(), &cancel).await.unwrap_err();
    assert!(bad.what.contains("is not sound") && !into.exists(), "{bad}");
    host.fetch(NAME, &into, silent(), &cancel).await.unwrap();
    assert_eq!(fs::read(&into).unwrap(), fs::read(bundle("python-auth.zip")).unwrap());
    for id in ["../fetched.zip", "none.zip"] {
        assert!(host.delete(id, &cancel).await.is_err(), "{id}");
    }
    host.delete(NAME, &cancel).await.unwrap();
    assert_eq!(bench.there(), ["bad.zip"]);
    assert!(into.exists());
}

#[tokio::test]
async fn a_base_url_says_where_a_gateway_finds_it() {
    let mut bench = Bench::new();
    let base_url = Some("https://cdn.example.org/plugins/".to_owned());
    let dir = Some(bench.here().bundles);
    let cdn = config::Target { base_url, dir, ..config::Target::default() };
    bench.settings.targets.insert("cdn".into(), cdn);
    let cdn = bench.target("cdn").unwrap();
    let url = push(&cdn, "python-auth.zip", NAME).await.unwrap().url.unwrap();
    assert_eq!(url, format!("https://cdn.example.org/plugins/{NAME}"));
    assert_eq!(Target::names(&bench.settings), [HOST, "cdn"]);
}

#[test]
fn what_a_target_lacks_is_said() {
    let mut bench = Bench::new();
    let of = |kind| config::Target { kind, ..config::Target::default() };
    bench.settings.targets.insert("disk".into(), of(TargetKind::Folder));
    bench.settings.targets.insert("eu".into(), of(TargetKind::Mserv));
    let said = |name: &str| bench.target(name).err().unwrap().to_string();
    assert!(said("disk").contains("the target `disk` has no `dir`"));
    assert!(said("eu").contains("the target `eu` has no `url`"));
    let unknown = said("us");
    assert!(unknown.contains("no target is called `us`"), "{unknown}");
    assert!(unknown.contains("host, disk, eu"), "{unknown}");
}
