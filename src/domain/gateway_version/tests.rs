use super::loading::{ALL, ALL_ON_DISK, DOWNLOADS_ONLY, ONLY_LOGGED, SIGNED_ON_DISK};
use super::{Gateway, Number, VersionError, known};

fn gateway(name: &str) -> Gateway {
    name.parse().unwrap()
}

#[test]
fn a_release_does_as_its_range_does() {
    for (first, last, loading) in [
        ("5.0.0", "5.0.11", ONLY_LOGGED),
        ("5.1.0", "5.2.6", ONLY_LOGGED),
        ("5.3.0", "5.3.0", ONLY_LOGGED),
        ("5.0.12", "5.0.15", DOWNLOADS_ONLY),
        ("5.3.1", "5.3.13", DOWNLOADS_ONLY),
        ("5.4.0", "5.7.3", DOWNLOADS_ONLY),
        ("5.8.0", "5.8.6", DOWNLOADS_ONLY),
        ("5.9.0", "5.10.0", DOWNLOADS_ONLY),
        ("5.8.7", "5.8.10", ALL_ON_DISK),
        ("5.10.1", "5.11.0", ALL_ON_DISK),
        ("5.8.11", "5.8.15", SIGNED_ON_DISK),
        ("5.11.1", "5.14.0", SIGNED_ON_DISK),
        ("5.15.0-alpha8", "5.15.0-alpha8", SIGNED_ON_DISK),
    ] {
        for name in [first, last] {
            assert_eq!(gateway(name).loadings, [loading], "{name}");
            assert_eq!((gateway(name).name.as_str(), gateway(name).hint), (name, None));
        }
    }
}

#[test]
fn without_a_patch_the_newest_is_meant() {
    for (name, release) in
        [("5.3", "5.3.13"), ("v5.8", "5.8.15"), ("5.14", "5.14.0"), (" 5.0 ", "5.0.15")]
    {
        assert_eq!((gateway(name).name.as_str(), gateway(name).hint), (release, None));
    }
    assert_eq!(gateway("v5.14.0"), Gateway::default());
}

#[test]
fn what_is_newer_than_known_is_taken_for_the_newest_and_says_so() {
    for (name, release) in [
        ("5.15", "5.15.0-alpha8"),
        ("v5.15.0-rc7", "5.15.0-alpha8"),
        ("6.0.1", "5.15.0-alpha8"),
        ("5.3.14", "5.3.13"),
        ("5.14.3", "5.14.0"),
    ] {
        let gateway = gateway(name);
        assert_eq!(gateway.name, release, "{name}");
        assert!(gateway.hint.unwrap().contains(name.trim_start_matches('v')), "{name}");
    }
    let candidate = gateway("5.8.7-rc1");
    assert_eq!((candidate.name.as_str(), candidate.hint.is_some()), ("5.8.7", true));
}

#[test]
fn a_build_without_a_version_may_be_any_release() {
    for name in ["v5.5.0-dev", "5.3.3-dev0", "-dev", "dev", "unknown"] {
        assert_eq!(gateway(name).loadings, ALL, "{name}");
        assert!(!gateway(name).is_since(Number::new(5, 0, 0)));
        assert!(gateway(name).hint.unwrap().contains(name));
    }
    assert!(gateway("5.8.2").is_since(Number::new(5, 8, 2)));
    assert!(!gateway("5.8.1").is_since(Number::new(5, 8, 2)));
}

#[test]
fn what_is_no_known_version_is_refused_with_what_is_known() {
    for name in ["", "5", "five", "5.3.1.2", "5.+3", "5.99999", "5..1", "v", "five-dev", "5.3.x"] {
        assert_eq!(name.parse::<Gateway>(), Err(VersionError::Malformed(name.to_owned())));
    }
    for name in ["4.0.12", "v3.2.2", "0.1"] {
        assert!(matches!(name.parse::<Gateway>(), Err(VersionError::TooOld(_))), "{name}");
    }
    let said = "4.3".parse::<Gateway>().unwrap_err().to_string();
    assert!(said.contains("5.3.0–5.3.13") && said.ends_with("5.14.0, 5.15.0-alpha8"), "{said}");
    assert!(known().starts_with("5.0.0–5.0.15"));
}
