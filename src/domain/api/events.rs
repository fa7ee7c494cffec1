//! The events that an API's handlers are called at, and the handlers. Source: the Gateway's source, `apidef` and
//! `gateway/event_system.go`.

/// The handler that is a plugin.
pub const PLUGIN_HANDLER: &str = "cp_dynamic_handler";

/// Handlers that a Gateway has, each with what it does.
pub const HANDLERS: [(&str, &str); 4] = [
    (PLUGIN_HANDLER, "calls the plugin: DispatchEvent, or a function"),
    ("eh_dynamic_handler", "calls JavaScript inside the Gateway"),
    ("eh_log_handler", "writes a line into the Gateway's log"),
    ("eh_web_hook_handler", "sends a request to a URL"),
];

/// Events that a Gateway has, each with when it comes.
pub const EVENTS: [(&str, &str); 26] = [
    ("AuthFailure", "a caller was refused"),
    ("KeyExpired", "a key has expired"),
    ("QuotaExceeded", "a key has used up its quota"),
    ("RatelimitExceeded", "a key calls too often"),
    ("OrgQuotaExceeded", "an organisation has used up its quota"),
    ("OrgRateLimitExceeded", "an organisation calls too often"),
    ("RateLimitSmoothingUp", "a rate limit was raised step by step"),
    ("RateLimitSmoothingDown", "a rate limit was lowered step by step"),
    ("TriggerExceeded", "a quota has passed a mark"),
    ("VersionFailure", "a version was asked for that is not to be had"),
    ("UpstreamOAuthError", "no token for the upstream was to be had"),
    ("BreakerTriggered", "a circuit breaker has changed"),
    ("BreakerTripped", "a circuit breaker has opened"),
    ("BreakerReset", "a circuit breaker has closed"),
    ("HostDown", "an upstream's host is down"),
    ("HostUp", "an upstream's host is up again"),
    ("CertificateExpired", "a client's certificate has expired"),
    ("CertificateExpiringSoon", "a client's certificate expires soon"),
    ("APICertificateExpired", "the API's certificate has expired"),
    ("TykCertificateExpired", "the Gateway's certificate has expired"),
    ("TokenCreated", "a key was made; reaches no plugin"),
    ("TokenUpdated", "a key was changed; reaches no plugin"),
    ("TokenDeleted", "a key was removed; reaches no plugin"),
    ("UserCreated", "a Dashboard's user was made"),
    ("UserUpdated", "a Dashboard's user was changed"),
    ("UserDeleted", "a Dashboard's user was removed"),
];

/// Whether a Gateway has this event.
pub fn is_event(name: &str) -> bool {
    EVENTS.iter().any(|(event, _)| *event == name)
}

/// Whether handlers of this event that are plugins are called: those of the Token events are not (recorded:
/// event-token-created).
pub fn reaches_plugins(event: &str) -> bool {
    !event.starts_with("Token")
}
