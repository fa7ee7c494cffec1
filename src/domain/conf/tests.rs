use serde_json::json;

use super::*;

fn conf(text: &str, environment: &[(&str, &str)]) -> Conf {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Conf::open("tyk.conf", text, environment.iter().map(own).collect()).unwrap()
}

#[test]
fn variables_are_named_as_the_gateway_reads_them() {
    for (key, variable) in [
        (keys::ENABLE_BUNDLE_DOWNLOADER, "TYK_GW_ENABLEBUNDLEDOWNLOADER"),
        (keys::BUNDLE_BASE_URL, "TYK_GW_BUNDLEBASEURL"),
        (keys::SKIP_VERIFY_EXISTING_PLUGIN_BUNDLE, "TYK_GW_SKIPVERIFYEXISTINGPLUGINBUNDLE"),
        (keys::ENABLE_COPROCESS, "TYK_GW_COPROCESSOPTIONS_ENABLECOPROCESS"),
        (keys::COPROCESS_GRPC_SERVER, "TYK_GW_COPROCESSOPTIONS_COPROCESSGRPCSERVER"),
    ] {
        assert_eq!(key.variable(), variable);
    }
    assert_eq!(keys::GROUP_ID.name(), "slave_options.group_id");
}

#[test]
fn the_environment_wins_over_the_file() {
    let text = "{\n  \"Secret\": \"s\",\n  \"coprocess_options\": {\"enable_coprocess\": false}\n}";
    let variable = "TYK_GW_COPROCESSOPTIONS_ENABLECOPROCESS";
    let both = conf(text, &[(variable, "T")]);
    assert!(both.is_on(keys::ENABLE_COPROCESS));
    assert_eq!(both.get(keys::ENABLE_COPROCESS).place(&both), variable);
    // An edit of the file would change nothing.
    assert_eq!(both.set(keys::ENABLE_COPROCESS, &json!(true)), None);
    let file = conf(text, &[]);
    assert!(!file.is_on(keys::ENABLE_COPROCESS));
    let edit = file.set(keys::ENABLE_COPROCESS, &json!(true)).unwrap();
    assert_eq!(edit.apply_to(text), text.replace("false", "true"));
    // As Go reads keys; and a secret is not shown.
    let secret = file.get(keys::SECRET);
    assert_eq!((secret.shown().as_str(), secret.place(&file).as_str()), ("set", "tyk.conf:2:3"));
    assert_eq!(file.get(keys::APP_PATH).place(&file), "default");
    let alone = Conf::of_environment([("TYK_GW_SECRET".to_owned(), "s".to_owned())].into());
    assert_eq!(alone.text(keys::SECRET), "s");
    assert_eq!(alone.set(keys::SECRET, &json!("t")), None);
}

#[test]
fn a_value_of_another_kind_does_not_fit() {
    let text = r#"{"enable_jsvm": "true", "listen_port": 80.5, "app_path": null, "secret": 1}"#;
    let file = conf(text, &[("TYK_GW_ENABLEBUNDLEDOWNLOADER", "yes")]);
    for key in [keys::ENABLE_JSVM, keys::LISTEN_PORT, keys::SECRET, keys::ENABLE_BUNDLE_DOWNLOADER]
    {
        assert!(!file.get(key).fits(), "{}", key.name());
    }
    assert!(file.get(keys::APP_PATH).fits() && file.get(keys::USE_RPC).fits());
}

/// Recorded on a running Gateway 5.14.0: `gateway/731`–`740`.
#[test]
fn addresses_of_plugin_servers_are_told_apart_as_a_gateway_does() {
    let tcp =
        |host: &str, is_dns| Ok(PluginServer::Tcp { host: host.to_owned(), port: 24051, is_dns });
    for (text, parsed) in [
        ("localhost:24051", tcp("localhost", false)),
        ("tcp://127.0.0.1:24051", tcp("127.0.0.1", false)),
        ("tcp://[::1]:24051", tcp("::1", false)),
        ("dns:///127.0.0.1:24051", tcp("127.0.0.1", true)),
        ("dns://8.8.8.8/plugins:24051", tcp("plugins", true)),
        ("passthrough:///127.0.0.1:24051", tcp("127.0.0.1", false)),
        ("unix:///run/plugin.sock", Ok(PluginServer::Unix("/run/plugin.sock".to_owned()))),
        ("", Err(PluginServerError::Empty)),
        ("127.0.0.1:24051", Err(PluginServerError::Bare)),
        ("[::1]:24051", Err(PluginServerError::Bare)),
        ("my_host:24051", Err(PluginServerError::Bare)),
        ("http://127.0.0.1:24051", Err(PluginServerError::Scheme("http://".to_owned()))),
        ("grpc://127.0.0.1:24051", Err(PluginServerError::Scheme("grpc://".to_owned()))),
        ("tcp://127.0.0.1", Err(PluginServerError::NoPort)),
        ("plugins", Err(PluginServerError::NoPort)),
        ("tcp://h:x", Err(PluginServerError::Port("x".to_owned()))),
    ] {
        assert_eq!(text.parse::<PluginServer>(), parsed, "{text}");
    }
    for (wrong, right) in [
        ("127.0.0.1:5555", Some("tcp://127.0.0.1:5555")),
        ("grpc://plugins:5555/", Some("tcp://plugins:5555")),
        ("[::1]:5555", Some("tcp://[::1]:5555")),
        ("tcp://plugins", None),
    ] {
        assert_eq!(PluginServer::corrected(wrong).as_deref(), right, "{wrong}");
    }
    assert!("tcp://127.0.0.1:1".parse::<PluginServer>().unwrap().is_loopback());
    assert!(!"tcp://plugins:1".parse::<PluginServer>().unwrap().is_loopback());
}

/// Recorded: the targets that the bundle host was asked for.
#[test]
fn the_url_of_a_bundle_is_joined_as_a_gateway_does() {
    for (base, name, url) in [
        ("http://h:1", "a.zip", "http://h:1/a.zip"),
        ("http://h:1/", "with space.zip", "http://h:1/with%20space.zip"),
        ("http://h:1/", " lead.zip", "http://h:1/%20lead.zip"),
        ("http://h:1/", "quest.zip?sig=1&x=2", "http://h:1/quest.zip%3Fsig=1&x=2"),
        ("http://h:1/", "hash#1.zip", "http://h:1/hash%231.zip"),
        ("http://h:1/", "per%20cent.zip", "http://h:1/per%2520cent.zip"),
        ("http://h:1/", "plus+1.zip", "http://h:1/plus+1.zip"),
        ("http://h:1/", "na\u{ef}ve.zip", "http://h:1/na%C3%AFve.zip"),
        ("http://h:1/", "sub/b.zip", "http://h:1/sub/b.zip"),
        ("http://h:1/", "/lead-slash.zip", "http://h:1/lead-slash.zip"),
        ("http://h:1/", "../up.zip", "http://h:1/up.zip"),
        ("http://h:1/", "http://127.0.0.1:1/u.zip", "http://h:1/http:/127.0.0.1:1/u.zip"),
        ("http://h:1/", "comma1.zip,comma2.zip", "http://h:1/comma1.zip,comma2.zip"),
        ("http://h:1/pre/fix/", "a.zip", "http://h:1/pre/fix/a.zip"),
        ("http://h:1/pre/fix", "../up2.zip", "http://h:1/pre/up2.zip"),
        ("http://h:1/q/?token=abc", "a.zip", "http://h:1/q/a.zip?token=abc"),
        ("http://user:pass@h:1/", "a.zip", "http://user:pass@h:1/a.zip"),
        ("file:///files/", "with space.zip", "file:///files/with%20space.zip"),
    ] {
        assert_eq!(bundle_url(base, name).as_deref(), Ok(url), "{base} {name}");
    }
    for (base, error) in [
        ("", BaseUrlError::Empty),
        ("h:1/", BaseUrlError::NoScheme),
        ("ftp://h/", BaseUrlError::Scheme("ftp".to_owned())),
    ] {
        assert_eq!(bundle_url(base, "a.zip"), Err(error), "{base}");
    }
}
