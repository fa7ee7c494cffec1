//! Profiles: who is connected by a name, in layers, and where the secrets are.

use std::os::unix::fs::PermissionsExt as _;

use super::home::{Home, Ran};
use super::mserv_stand_in::Mserv;
use super::stand_in::{Exchange, SECRET, StandIn, recorded};

/// A Gateway without APIs.
fn gateway() -> StandIn {
    StandIn::answering(vec![Exchange { path: "/tyk/apis".into(), ..recorded("017") }])
}

/// The user's own configuration.
fn user(home: &Home, text: &str) {
    let folder = home.path().join(".config/tyk-tui");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

/// A file with the secret.
fn secret_file(home: &Home, mode: u32) -> String {
    let path = home.path().join("gateway.secret");
    std::fs::write(&path, format!("{SECRET}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path.display().to_string()
}

fn apis(home: &Home, profile: &str, variables: &[(&str, &str)]) -> Ran {
    let mut command = home.command(&["--use", profile, "api", "list", "--gateway"]);
    command.env_remove("TYK_GW_SECRET").envs(variables.iter().copied());
    Ran::of(command)
}

#[test]
fn a_secret_comes_from_a_variable_a_file_or_a_commands_output_and_is_never_shown() {
    let (home, gateway) = (Home::new(), gateway());
    let file = secret_file(&home, 0o600);
    let url = gateway.url();
    user(
        &home,
        &format!(
            "[use.env.gateway]\nurl = \"{url}\"\nsecret_env = \"MY_SECRET\"\n\
             [use.file.gateway]\nurl = \"{url}\"\nsecret_file = \"{file}\"\n\
             [use.command.gateway]\nurl = \"{url}\"\nsecret_command = \"cat '{file}'; echo not shown >&2\"\n\
             [use.usual.gateway]\nurl = \"{url}\"\n"
        ),
    );
    for (profile, variables) in [
        ("env", &[("MY_SECRET", SECRET)][..]),
        ("file", &[]),
        ("command", &[]),
        ("usual", &[("TYK_GW_SECRET", SECRET)]),
        // What the profile names lies over the usual variable.
        ("file", &[("TYK_GW_SECRET", "another")]),
    ] {
        let ran = apis(&home, profile, variables);
        assert_eq!(ran.code, Some(0), "{profile}: {ran:?}");
        assert_eq!(gateway.seen().last().unwrap().secret.as_deref(), Some(SECRET), "{profile}");
        assert!(!format!("{ran:?}").contains(SECRET) && !ran.stderr.contains("not shown"));
        let mut command = home.command(&["--use", profile, "config", "show", "--origin"]);
        command.envs(variables.iter().copied());
        let shown = Ran::of(command);
        assert!(shown.code == Some(0) && !format!("{shown:?}").contains(SECRET), "{shown:?}");
    }
    let asked = gateway.seen().len();
    let ran = apis(&home, "env", &[]);
    assert!(ran.code == Some(3) && ran.stderr.contains("MY_SECRET is not set"), "{ran:?}");
    // Others may read it now.
    secret_file(&home, 0o644);
    let ran = apis(&home, "file", &[]);
    assert!(ran.code == Some(3) && ran.stderr.contains("chmod 600"), "{ran:?}");
    std::fs::remove_file(&file).unwrap();
    let ran = apis(&home, "command", &[]);
    assert!(
        ran.code == Some(3) && ran.stderr.contains("the command of the secret failed"),
        "{ran:?}"
    );
    assert_eq!(gateway.seen().len(), asked, "nobody was asked without it");
}

#[test]
fn a_targets_token_comes_from_where_its_profile_says() {
    let (home, mserv) = (Home::new(), Mserv::start());
    let file = home.path().join("token");
    std::fs::write(&file, "from-file\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let url = mserv.url();
    let target = |name: &str, more: &str| {
        format!("[use.dev.target.{name}]\nkind = \"mserv\"\nurl = \"{url}\"\n{more}\n")
    };
    let text = [
        target("env", "token_env = \"MY_TOKEN\""),
        target("file", &format!("token_file = \"{}\"", file.display())),
        target("command", "token_command = \"echo from-command\""),
        target("usual", ""),
    ];
    user(&home, &text.concat());
    for (name, token) in [
        ("env", "from-env"),
        ("file", "from-file"),
        ("command", "from-command"),
        ("usual", "from-usual"),
    ] {
        let mut command = home.command(&["--use", "dev", "target", "health", "--target", name]);
        command.env("MY_TOKEN", "from-env").env("TOKEN", "from-usual");
        let ran = Ran::of(command);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(mserv.seen().last().unwrap().header("X-Api-Key"), Some(token));
        assert!(!format!("{ran:?}").contains(token), "{ran:?}");
    }
}

#[test]
fn a_profile_is_of_all_layers_and_chosen_by_flag_or_variable() {
    let (home, gateway) = (Home::new(), gateway());
    // Who is connected is the user's, what is shipped where the project's; the variable lies over both.
    user(&home, "[use.dev.gateway]\nurl = \"http://127.0.0.1:1\"\nsecret_env = \"MY_SECRET\"\n");
    home.write(
        "tyk-tui.toml",
        "[use.dev]\nship_apis = [\"orders\"]\n[use.other]\nread_only = true\n",
    );
    let mut command = home.command(&["config", "show", "--json"]);
    command.env("TYK_TUI_USE", "dev").env("TYK_TUI_GATEWAY_URL", gateway.url());
    let said = Ran::of(command).json();
    assert_eq!(said["gateway"]["url"], gateway.url());
    assert_eq!(said["gateway"]["secret_env"], "MY_SECRET");
    assert_eq!(said["profile"]["ship_apis"], serde_json::json!(["orders"]));
    assert_eq!(said["profile"]["read_only"], false, "another profile's is not in force");
    // The flag lies over the variable.
    let mut command = home.command(&["--use", "other", "config", "show", "--json"]);
    command.env("TYK_TUI_USE", "dev");
    let said = Ran::of(command).json();
    assert_eq!(
        (&said["profile"]["read_only"], &said["gateway"]["url"]),
        (&true.into(), &serde_json::Value::Null)
    );
    let ran = home.run(&["--use", "prod", "config", "show"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("dev, other"), "{ran:?}");
}

#[test]
fn a_secret_in_the_configuration_itself_is_refused_without_showing_it() {
    let home = Home::new();
    for text in [
        "[use.dev.gateway]\nsecret = \"geheim\"\n",
        "[use.dev.dashboard]\nkey = \"geheim\"\n",
        "[use.dev.target.eu]\nkind = \"mserv\"\ntoken = \"geheim\"\n",
    ] {
        user(&home, text);
        let ran = home.run(&["--use", "dev", "config", "show"]);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.stderr.contains("does not belong into a configuration"), "{ran:?}");
        assert!(!format!("{ran:?}").contains("geheim"), "{ran:?}");
    }
}
