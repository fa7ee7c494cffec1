use super::*;
use crate::config::{TargetKind, consent};

/// A project and a user's folders, empty at first.
struct House {
    _root: tempfile::TempDir,
    sources: Sources,
}

impl House {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders");
        std::fs::create_dir(&folder).unwrap();
        let paths = Some(Paths::under(&root.path().join("home")));
        Self { sources: Sources { paths, ..Sources::only(&folder) }, _root: root }
    }

    fn paths(&self) -> &Paths {
        self.sources.paths.as_ref().unwrap()
    }

    fn user(self, text: &str) -> Self {
        let path = self.paths().config_file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn project(self, text: &str) -> Self {
        std::fs::write(Paths::project_file(&self.sources.folder), text).unwrap();
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.sources.environment.push((name.into(), value.into()));
        self
    }

    fn load(&self) -> Loaded {
        load(&self.sources).unwrap()
    }

    fn problem(&self) -> Problem {
        load(&self.sources).unwrap_err()
    }

    /// `tyk-tui.toml:LINE:COLUMN` of a place.
    fn local(&self, place: Option<&str>) -> String {
        let folder = format!("{}/", self.sources.folder.display());
        place.unwrap().replace(&folder, "")
    }
}

#[test]
fn nothing_configured_is_all_defaults() {
    let house = House::new();
    let loaded = house.load();
    let token_secret = Some(house.paths().token_secret());
    let server = crate::config::Server { token_secret, ..crate::config::Server::default() };
    assert_eq!(loaded.settings.server, server);
    assert_eq!(loaded.settings.project.manifest, house.sources.folder.join("manifest.json"));
    assert_eq!(loaded.settings.host.dir, Some(house.paths().bundles()));
    assert!(loaded.entries().iter().all(|entry| entry.origin.layer == Layer::Default));
    assert_eq!(loaded.project_name(), "orders");
}

#[test]
fn each_layer_lies_over_the_one_before() {
    let listen = |house: &House| {
        let loaded = house.load();
        let origin = loaded.origins.of("server.listen");
        (loaded.settings.server.listen.rsplit(':').next().unwrap().to_owned(), origin.layer)
    };
    let mut house = House::new().user("[server]\nlisten = '127.0.0.1:1'\n[ui]\ntheme = 'dark'\n");
    assert_eq!(listen(&house), ("1".into(), Layer::User));
    house = house.project("[server]\nlisten = '127.0.0.1:2'\n");
    assert_eq!(listen(&house), ("2".into(), Layer::Project));
    house = house.variable("TYK_TUI_SERVER_LISTEN", "127.0.0.1:3");
    assert_eq!(listen(&house), ("3".into(), Layer::Environment));
    house.sources = house.sources.flag("server.listen", "--listen", None);
    assert_eq!(listen(&house), ("3".into(), Layer::Environment));
    house.sources = house.sources.flag("server.listen", "--listen", Some("127.0.0.1:4"));
    assert_eq!(listen(&house), ("4".into(), Layer::Flag));
    assert_eq!(house.load().settings.ui.theme, "dark", "what nobody lays over stays");
}

#[test]
fn a_value_has_its_line() {
    let house = House::new().project("# ours\n[server]\n\nanswer_limit = \"2 MiB\"\n");
    let loaded = house.load();
    assert_eq!(loaded.settings.server.answer_limit, 2 << 20);
    let origin = loaded.origins.of("server.answer_limit");
    assert_eq!(house.local(origin.place.as_deref()), "tyk-tui.toml:4:16");
}

#[test]
fn paths_belong_to_the_file_that_names_them() {
    let house = House::new()
        .user("[project]\npublic_key = 'keys/p.pem'\n")
        .project("rules = ['rules/*.toml']\n[project]\nmanifest = 'm.json'\n");
    let loaded = house.load();
    let config = house.paths().config_file();
    let expected = config.parent().unwrap().join("keys/p.pem");
    assert_eq!(loaded.settings.project.public_key, Some(expected));
    assert_eq!(loaded.settings.project.manifest, house.sources.folder.join("m.json"));
    assert_eq!(loaded.settings.rules.patterns, ["rules/*.toml"]);
    assert_eq!(loaded.settings.rules.folder, house.sources.folder);
}

#[rstest::rstest]
#[case("[server]\nlisten = 1\n", "tyk-tui.toml:2:10", "text in quotes")]
#[case("[server]\nlisten = ':8000'\n", "tyk-tui.toml:2:10", "has no host")]
#[case("[server]\nanswer_limit = 'much'\n", "tyk-tui.toml:2:16", "no number of bytes")]
#[case("[server]\nanswer_limit = -1\n", "tyk-tui.toml:2:16", "no number of bytes")]
#[case("[capture]\nmax_records = 0\n", "tyk-tui.toml:2:15", "at least 1")]
#[case("[ui]\nmouse = 'yes'\n", "tyk-tui.toml:2:9", "true or false")]
#[case("[capture]\nsample = 2\n", "tyk-tui.toml:2:10", "from 0 to 1")]
#[case("[capture]\nsample = '1/x'\n", "tyk-tui.toml:2:10", "not `1/x`")]
#[case("[capture]\nsample = true\n", "tyk-tui.toml:2:10", "from 0 to 1")]
#[case("[capture]\nkeep = 'hook:pre & stat:403'\n", "tyk-tui.toml:2:8", "character 12")]
#[case("rules = 'a'\n", "tyk-tui.toml:1:9", "a list of text")]
#[case("[redact]\nheaders = ['a', 1]\n", "tyk-tui.toml:2:11", "an item is something else")]
#[case("[ui]\ncolumns = ['time', 'tok']\n", "tyk-tui.toml:2:11", "did you mean `took`")]
#[case("[host]\nlisten = 'unix:/x'\n", "tyk-tui.toml:2:10", "HOST:PORT")]
#[case("server = 1\n", "tyk-tui.toml:1:1", "is a section")]
#[case("[use]\nx = 1\n", "tyk-tui.toml:2:1", "is a section")]
#[case("a = [\n", "tyk-tui.toml:", "no TOML")]
#[case("[ui]\n[ui]\n", "tyk-tui.toml:2:", "no TOML")]
fn a_wrong_value_has_its_place(#[case] text: &str, #[case] place: &str, #[case] what: &str) {
    let house = House::new().project(text);
    let problem = house.problem();
    assert!(house.local(problem.place.as_deref()).starts_with(place), "{problem}");
    assert!(problem.what.contains(what), "{problem}");
    assert_eq!(problem.kind, Kind::Failed);
}

#[test]
fn what_nobody_knows_is_a_warning_with_the_nearest_name() {
    let house = House::new()
        .project("[sever]\n[server]\nlisten_on = 'x'\nlisen = 'y'\nrules = 'z'\n[use.eu.gatway]\n")
        .variable("TYK_TUI_UI_THEM", "dark")
        .variable("TYK_TUI_USE", "eu")
        .variable("HOME", "/x");
    let loaded = house.load();
    let said: Vec<String> = loaded
        .warnings
        .iter()
        .map(|warning| {
            format!("{} {}", house.local(warning.place.as_deref()), warning.help.clone().unwrap())
        })
        .collect();
    for wanted in [
        "tyk-tui.toml:1:2 did you mean `server`?",
        "tyk-tui.toml:4:1 did you mean `server.listen`?",
        "tyk-tui.toml:3:1 did you mean `server.listen`?",
        "tyk-tui.toml:5:1 did you mean `rules`?",
        "tyk-tui.toml:6:9 did you mean `use.eu.gateway`?",
        "TYK_TUI_UI_THEM did you mean TYK_TUI_UI_THEME?",
    ] {
        assert!(said.iter().any(|it| it == wanted), "{wanted} is not in {said:#?}");
    }
    assert_eq!(said.len(), 6);
}

#[test]
fn a_wrong_variable_is_wrong_use() {
    let problem = House::new().variable("TYK_TUI_CAPTURE_MAX_RECORDS", "many").problem();
    assert_eq!(problem.place.as_deref(), Some("TYK_TUI_CAPTURE_MAX_RECORDS"));
    assert_eq!(problem.kind, Kind::Usage);
    let loaded = House::new().variable("TYK_TUI_CAPTURE_MAX_RECORDS", "").load();
    assert_eq!(loaded.settings.capture.max_records, 20_000);
}

#[test]
fn a_profile_must_exist() {
    let mut house = House::new()
        .user("[use.eu.gateway]\nurl = 'http://x'\nsecret_file = 's'\n")
        .project("[use.us.target.mserv]\nkind = 'mserv'\n");
    house.sources.profile = Some("us".into());
    assert_eq!(house.load().profile.as_deref(), Some("us"));
    house.sources.profile = Some("asia".into());
    let problem = house.problem();
    assert_eq!(problem.kind, Kind::Usage);
    assert_eq!(problem.help.as_deref(), Some("known: eu, us"));
}

#[test]
fn a_project_may_not_open_a_port_to_the_world_before_the_user_said_so() {
    let house = House::new().project("[host]\nlisten = '0.0.0.0:8000'\n[ui]\ntheme = 'dark'\n");
    let problem = house.problem();
    assert_eq!(house.local(problem.place.as_deref()), "tyk-tui.toml:2:10");
    assert!(problem.help.unwrap().contains("tyk-tui config trust"));

    let safe = load_safe(&house.sources).unwrap();
    assert_eq!(safe.settings.host.listen, "127.0.0.1:8000");
    assert_eq!(safe.origins.of("host.listen").layer, Layer::Default);
    assert_eq!(safe.settings.ui.theme, "dark");

    consent(house.paths(), &house.sources.folder, &safe.untrusted).unwrap();
    assert_eq!(house.load().settings.host.listen, "0.0.0.0:8000");

    let house = house.project("[host]\nlisten = '0.0.0.0:8000'\n[ui]\ntheme = 'light'\n");
    assert_eq!(house.load().settings.ui.theme, "light", "an unrelated edit asks nothing");
    let house = house.project("[host]\nlisten = '0.0.0.0:22'\n");
    assert!(house.problem().what.contains("0.0.0.0:22"), "another port asks again");
}

#[test]
fn the_users_own_layers_are_trusted() {
    let house = House::new()
        .user("[host]\nlisten = '0.0.0.0:1'\n[project]\nkey = '/etc/key.pem'\n")
        .project("[server]\nlisten = '0.0.0.0:2'\n")
        .variable("TYK_TUI_SERVER_LISTEN", "0.0.0.0:3");
    let settings = house.load().settings;
    assert_eq!(
        (settings.host.listen.as_str(), settings.server.listen.as_str()),
        ("0.0.0.0:1", "0.0.0.0:3")
    );
    assert_eq!(settings.project.key, Some("/etc/key.pem".into()));
}

#[test]
fn a_project_may_not_name_a_key_elsewhere() {
    let house = House::new();
    let folder = house.sources.folder.clone();
    std::fs::create_dir(folder.join("keys")).unwrap();
    std::os::unix::fs::symlink("/etc", folder.join("keys/link")).unwrap();
    std::fs::write(folder.parent().unwrap().join("elsewhere.pem"), "").unwrap();
    let mut house = house;
    for (key, trusted) in [
        ("keys/private.pem", true),
        ("./keys/../private.pem", true),
        ("../elsewhere.pem", false),
        ("/etc/hostname", false),
        ("keys/link/hostname", false),
        ("keys/link/missing.pem", false),
        ("~/.ssh/id_rsa", false),
    ] {
        house = house.project(&format!("[project]\nkey = '{key}'\n"));
        assert_eq!(load(&house.sources).is_ok(), trusted, "{key}");
        let safe = load_safe(&house.sources).unwrap();
        assert_eq!(safe.settings.project.key.is_some(), trusted, "{key}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_said() {
    let house = House::new();
    std::fs::create_dir(Paths::project_file(&house.sources.folder)).unwrap();
    assert!(house.problem().what.contains("no regular file"));
    let house = House::new().project(&"#".repeat(2 << 20));
    assert!(house.problem().what.contains("larger than 1 MiB"));
}

#[test]
fn a_profile_has_its_own_values_and_no_other() {
    let mut house = House::new().user(
        "[use.dev.gateway]\nurl = 'http://127.0.0.1:8080/'\nversion = '5.8'\n\
         [use.prod.gateway]\nurl = 'https://gateway.acme.test'\nsecret_env = 'PROD_SECRET'\n\
         [use.prod.dashboard]\nurl = 'https://dashboard.acme.test'\n",
    );
    assert_eq!(house.load().settings.gateway, crate::config::Gateway::default());
    house.sources.profile = Some("dev".into());
    let gateway = house.load().settings.gateway;
    assert_eq!(gateway.url.as_deref(), Some("http://127.0.0.1:8080"));
    assert_eq!((gateway.version.as_deref(), gateway.secret.env), (Some("5.8"), None));
    house.sources.profile = Some("prod".into());
    let settings = house.load().settings;
    assert_eq!(settings.gateway.secret.env.as_deref(), Some("PROD_SECRET"));
    assert_eq!(settings.dashboard.url.as_deref(), Some("https://dashboard.acme.test"));
}

#[test]
fn a_secret_in_a_file_is_refused_and_a_gateway_at_its_top_unknown() {
    let problem = House::new().user("[use.x.gateway]\nsecret = 'abc'\n").problem();
    assert!(problem.what.contains("secret_env") && !problem.to_string().contains("abc"));
    let loaded = House::new().user("[gateway]\nurl = 'http://x'\n").load();
    assert!(loaded.warnings[0].what.contains("`gateway` is no setting"));
}

#[test]
fn a_project_may_not_choose_who_gets_a_secret_nor_run_what_prints_one() {
    for (line, trusted) in [
        ("url = 'http://127.0.0.1:8080'", true),
        ("url = 'http://[::1]:8080'", true),
        ("url = 'http://localhost'", true),
        ("secret_env = 'MINE'", true),
        ("secret_file = 'secret'", true),
        ("url = 'http://localhost.evil.test'", false),
        ("url = 'http://10.0.0.1:8080'", false),
        ("secret_file = '../secret'", false),
        ("secret_command = 'pass gateway'", false),
        ("insecure_tls = true", false),
    ] {
        let mut house = House::new().project(&format!("[use.x.gateway]\n{line}\n"));
        house.sources.profile = Some("x".into());
        assert_eq!(load(&house.sources).is_ok(), trusted, "{line}");
        let safe = load_safe(&house.sources).unwrap();
        assert_eq!(safe.settings.gateway == crate::config::Gateway::default(), !trusted, "{line}");
        consent(house.paths(), &house.sources.folder, &safe.untrusted).unwrap();
        assert!(load(&house.sources).is_ok(), "{line}");
    }
}

#[test]
fn a_profile_has_targets_and_keys_of_its_own() {
    let mut house = House::new().project(
        "[project]\nkey = 'dev.pem'\n[use.prod]\nproduction = true\nkey = 'prod.pem'\nship_target = 'eu'\n\
         ship_apis = ['orders']\n[use.prod.target.eu]\nkind = 'mserv'\nurl = 'http://localhost:8989'\n\
         max_size = '1 MiB'\n[use.prod.target.'cdn.eu']\nkind = 's3'\nbucket = 'plugins'\n",
    );
    assert_eq!(house.load().settings.project.key, Some(house.sources.folder.join("dev.pem")));
    house.sources.profile = Some("prod".into());
    let loaded = house.load();
    let settings = &loaded.settings;
    assert!(settings.profile.production);
    assert_eq!(settings.project.key, Some(house.sources.folder.join("prod.pem")));
    assert_eq!(loaded.origins.of("project.key"), loaded.origins.of("profile.key"));
    let eu = &settings.targets["eu"];
    assert_eq!((eu.kind, eu.max_size), (TargetKind::Mserv, 1 << 20));
    assert_eq!(settings.targets["cdn.eu"].bucket.as_deref(), Some("plugins"));
    let entry = loaded.entries().into_iter().find(|it| it.key == "target.cdn.eu.kind").unwrap();
    assert_eq!(entry.value, "s3");
    assert!(entry.origin.place.unwrap().ends_with("tyk-tui.toml:13:8"));
}

#[rstest::rstest]
#[case("[use.x.target.eu]\nkind = 'ftp'\n", "`target.kind` is one of folder, mserv, s3")]
#[case("[use.x.target.eu]\nurl = 'http://localhost:1'\n", "the target `eu` has no kind")]
#[case("[use.x.target.host]\nkind = 'folder'\n", "`host` is the folder")]
#[case("[use.x.target.eu]\ntoken = 'abc'\n", "does not belong into a configuration")]
#[case("[use.x.target]\neu = 1\n", "write [use.x.target.eu]")]
#[case("[use.x]\nproduction = 'yes'\n", "true or false")]
fn a_wrong_profile_is_refused(#[case] text: &str, #[case] what: &str) {
    let mut house = House::new().project(text);
    house.sources.profile = Some("x".into());
    let problem = house.problem();
    assert!(
        problem.what.contains(what) || problem.help.as_ref().is_some_and(|it| it.contains(what))
    );
    assert!(!problem.to_string().contains("abc"), "{problem}");
}

#[rstest::rstest]
#[case("[use.x]\nkey = '/elsewhere.pem'\n", "names a private key")]
#[case("[use.x.target.eu]\nkind = 'mserv'\nurl = 'http://evil.test'\n", "sends your secret")]
#[case("[use.x.target.eu]\nkind = 'mserv'\ntoken_command = 'rm'\n", "runs a command")]
#[case("[use.x.target.eu]\nkind = 'mserv'\ntoken_file = '/t'\n", "a file with a secret")]
#[case("[use.x.target.eu]\nkind = 'mserv'\ninsecure_tls = true\n", "with any certificate")]
#[case("[use.x.target.eu]\nkind = 's3'\nendpoint = 'http://evil.test'\n", "your credentials")]
#[case("[use.x.target.eu]\nkind = 'folder'\ndir = '/etc'\n", "writes bundles outside")]
fn a_clone_may_not_choose_where_a_profile_pushes(#[case] text: &str, #[case] what: &str) {
    let mut house = House::new().project(text);
    house.sources.profile = Some("x".into());
    let loaded = load_safe(&house.sources).unwrap();
    assert!(loaded.untrusted[0].problem().what.contains(what), "{:?}", loaded.untrusted);
    assert_eq!(loaded.settings.targets.len(), 0);
    assert_eq!(loaded.settings.profile.key, None);
}

#[test]
fn a_clone_may_not_loosen_what_the_user_set() {
    let mut house = House::new()
        .user("[use.x]\nproduction = true\nread_only = true\n")
        .project("[use.x]\nproduction = false\nread_only = false\n");
    house.sources.profile = Some("x".into());
    let loaded = load_safe(&house.sources).unwrap();
    assert_eq!(loaded.untrusted.len(), 2);
    assert!(loaded.settings.profile.production && loaded.settings.profile.read_only);
    let refused = loaded.settings.writes_outside("push a bundle").unwrap_err();
    assert_eq!(refused.what, "read-only: will not push a bundle");
}
