//! The view of what concerns plugins, on both formats.

use super::*;

fn open(text: &str) -> Definition {
    Definition::open(text).unwrap()
}

const CLASSIC: &str = r#"{
  "name": "Orders", "api_id": "orders", "org_id": "default", "Active": true,
  "USE_KEYLESS": true, "enable_coprocess_auth": true, "use_standard_auth": true,
  "auth_configs": {"coprocess": {"auth_header_name": "X-Key", "use_param": true, "param_name": "key"}},
  "proxy": {"Listen_Path": "/orders/", "target_url": "http://up"},
  "custom_middleware_bundle": "b.zip",
  "config_data": {"tenant": "acme"},
  "custom_middleware": {
    "pre": [{"name": "A"}, {"Name": "B", "disabled": true}, null],
    "auth_check": {"name": "C", "raw_body_only": true},
    "post": [{"name": "D", "path": "d.js"}],
    "driver": "grpc",
    "id_extractor": {"extract_from": "header", "extract_with": "value", "extractor_config": {"header_name": "X"}}
  },
  "event_handlers": {"events": {"AuthFailure": [{"handler_name": "cp_dynamic_handler", "handler_meta": {"name": "E"}}]}}
}"#;

const OAS: &str = r#"{
  "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
  "x-tyk-api-gateway": {
    "info": {"name": "Orders", "id": "orders", "orgId": "default", "state": {"active": true}},
    "upstream": {"url": "http://up"},
    "server": {
      "listenPath": {"value": "/orders/", "strip": true},
      "authentication": {"enabled": true, "securitySchemes": {"jwt": {"enabled": true}, "key": {"enabled": false}},
        "custom": {"enabled": true, "header": {"enabled": true, "name": "X-Key"},
          "config": {"enabled": true, "functionName": "C", "path": "",
            "idExtractor": {"enabled": true, "source": "form", "with": "regex", "config": {"formParamName": "p"}}}}},
      "eventHandlers": [{"enabled": true, "trigger": "QuotaExceeded", "type": "webhook", "name": "W"}]
    },
    "middleware": {"global": {
      "pluginConfig": {"driver": "grpc", "bundle": {"enabled": true, "path": "b.zip"}, "data": {"enabled": true, "value": {"a": 1}}},
      "prePlugins": [{"enabled": true, "functionName": "A"}],
      "prePlugin": {"plugins": [{"enabled": true, "functionName": "older"}]},
      "postPlugin": {"plugins": [{"enabled": false, "functionName": "D"}]}
    }}
  }
}"#;

fn named(definition: &Definition) -> Vec<String> {
    let word = |plugin: &Plugin<'_>| {
        let off = if plugin.is_disabled() { " off" } else { "" };
        format!("{} {}{off}", plugin.phase.word(), plugin.name.text())
    };
    definition.plugins().iter().map(word).collect()
}

#[test]
fn a_classic_definition_is_read_with_keys_in_any_case() {
    let definition = open(CLASSIC);
    assert_eq!(named(&definition), ["pre A", "pre B off", "pre ", "auth_check C", "post D"]);
    let plugins = definition.plugins();
    assert_eq!(plugins[1].name.path.to_string(), "custom_middleware.pre[1].Name");
    assert_eq!(plugins[4].code_path.text(), "d.js");
    assert!(plugins[3].raw_body_only.is_true());
    assert_eq!(definition.driver().text(), "grpc");
    assert!(definition.bundle().is_used());
    let auth = definition.auth();
    assert!(auth.is_keyless() && auth.is_custom() && !auth.is_asked());
    assert_eq!(auth.keyless.field.path.to_string(), "USE_KEYLESS");
    assert_eq!(auth.custom[0].field.path.to_string(), "custom_plugin_auth_enabled");
    assert_eq!(auth.others.len(), 1);
    let sources: Vec<_> = auth
        .sources
        .iter()
        .map(|source| (source.part, source.switch.is_on(), source.name.text()))
        .collect();
    let text = str::to_owned;
    assert_eq!(
        sources,
        [
            ("header", true, text("X-Key")),
            ("query", true, text("key")),
            ("cookie", false, text(""))
        ]
    );
    assert!(definition.id_extractor().is_used());
    assert_eq!(definition.id_extractor().header_name.text(), "X");
    assert!(definition.config_data().switch.is_on());
    let handlers = definition.event_handlers();
    assert_eq!((handlers[0].event.as_str(), handlers[0].name.text()), ("AuthFailure", text("E")));
    let summary = definition.summary();
    assert_eq!(summary.listen_path.path.to_string(), "proxy.Listen_Path");
    assert!(summary.active.is_true());
}

#[test]
fn an_oas_definition_is_read_and_its_plural_lists_win() {
    let definition = open(OAS);
    assert_eq!(definition.kind(), Kind::Oas);
    assert_eq!(named(&definition), ["pre A", "auth_check C", "post D off"]);
    let post = &definition.plugins()[2];
    let path = "x-tyk-api-gateway.middleware.global.postPlugin.plugins[0].functionName";
    assert_eq!(post.name.path.to_string(), path);
    let auth = definition.auth();
    assert!(auth.is_asked());
    let others: Vec<_> = auth.others.iter().map(|other| other.path.to_string()).collect();
    assert_eq!(others, ["x-tyk-api-gateway.server.authentication.securitySchemes.jwt.enabled"]);
    assert!(definition.bundle().is_used());
    assert_eq!(definition.id_extractor().param_name.text(), "p");
    assert_eq!(definition.event_handlers()[0].handler.text(), "webhook");
    assert_eq!(definition.summary().id.text(), "orders");
}

#[test]
fn what_is_absent_is_off_in_oas_and_mostly_on_in_classic() {
    let oas = open(r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {}}"#);
    assert!(oas.auth().is_keyless() && !oas.auth().is_custom());
    assert!(!oas.config_data().switch.is_on() && !oas.bundle().is_used());
    assert_eq!(
        oas.plugin_list(Phase::Pre).unwrap().path.to_string(),
        "x-tyk-api-gateway.middleware.global.prePlugins"
    );
    let classic = open("{}");
    assert!(!classic.auth().is_keyless());
    assert!(classic.config_data().switch.is_on() && !classic.bundle().is_used());
    assert!(!classic.id_extractor().is_used());
    assert!(!classic.auth().keyless.value_for(false));
    assert!(oas.auth().keyless.value_for(false));
}

#[test]
fn yaml_may_begin_with_a_quoted_key() {
    let definition = open("\"openapi\": 3.0.3\nx-tyk-api-gateway:\n  info: {id: orders}\n");
    assert_eq!((definition.kind(), definition.summary().id.text()), (Kind::Oas, "orders".into()));
    assert!(Definition::open("\"orders\"").is_err());
}

#[test]
fn paths_begin_at_the_documents_root_in_a_wrapper_too() {
    let definition = open(r#"{"api_model": {}, "api_definition": {"use_keyless": false}}"#);
    assert!(definition.is_wrapped());
    assert_eq!(definition.auth().keyless.field.path.to_string(), "api_definition.use_keyless");
    assert_eq!(definition.driver().path.to_string(), "api_definition.custom_middleware.driver");
}

#[test]
fn an_auth_check_as_a_gateway_writes_none_is_none() {
    let definition = open(
        r#"{"custom_middleware": {"pre": null, "auth_check": {"disabled": false, "name": ""}}}"#,
    );
    assert_eq!(definition.plugins().len(), 0);
    assert!(definition.auth_check().is_some());
}
