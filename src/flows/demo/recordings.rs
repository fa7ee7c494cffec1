//! What a real Gateway sent: requests through four invented services, each with its Objects hook after hook.
//!
//! Recorded from Tyk Gateway 5.14.0; keys and names are throw-away. `assets/demo/recordings/` holds the Objects as they
//! were on the wire.

use crate::domain::object::Hook;

/// One request of an API's caller.
#[derive(Clone, Copy, Debug)]
pub struct Recording {
    /// The service and a number: `orders.0`.
    pub name: &'static str,
    /// What the caller got in the end.
    pub status: u16,
    /// The Objects that the Gateway sent, in order.
    pub dispatches: &'static [Dispatch],
}

/// One Object of a [`Recording`].
#[derive(Clone, Copy, Debug)]
pub struct Dispatch {
    /// Which hook.
    pub hook: Hook,
    /// As it was on the wire.
    pub object: &'static [u8],
}

macro_rules! object {
    ($name:literal, $file:literal) => {
        include_bytes!(concat!("../../../assets/demo/recordings/", $name, "/", $file))
    };
}

/// A request that went through all five hooks.
macro_rules! through {
    ($name:literal, $status:literal) => {
        Recording {
            name: $name,
            status: $status,
            dispatches: &[
                Dispatch { hook: Hook::Pre, object: object!($name, "1-pre.pb") },
                Dispatch { hook: Hook::AuthCheck, object: object!($name, "2-auth_check.pb") },
                Dispatch { hook: Hook::PostKeyAuth, object: object!($name, "3-post_key_auth.pb") },
                Dispatch { hook: Hook::Post, object: object!($name, "4-post.pb") },
                Dispatch { hook: Hook::Response, object: object!($name, "5-response.pb") },
            ],
        }
    };
}

/// A request of an API without a `post_key_auth` hook.
macro_rules! four {
    ($name:literal, $status:literal) => {
        Recording {
            name: $name,
            status: $status,
            dispatches: &[
                Dispatch { hook: Hook::Pre, object: object!($name, "1-pre.pb") },
                Dispatch { hook: Hook::AuthCheck, object: object!($name, "2-auth_check.pb") },
                Dispatch { hook: Hook::Post, object: object!($name, "3-post.pb") },
                Dispatch { hook: Hook::Response, object: object!($name, "4-response.pb") },
            ],
        }
    };
}

/// A request that authentication refused.
macro_rules! refused {
    ($name:literal) => {
        Recording {
            name: $name,
            status: 401,
            dispatches: &[
                Dispatch { hook: Hook::Pre, object: object!($name, "1-pre.pb") },
                Dispatch { hook: Hook::AuthCheck, object: object!($name, "2-auth_check.pb") },
            ],
        }
    };
}

/// A request that the first hook answered itself.
macro_rules! closed {
    ($name:literal) => {
        Recording {
            name: $name,
            status: 401,
            dispatches: &[Dispatch { hook: Hook::Pre, object: object!($name, "1-pre.pb") }],
        }
    };
}

/// All of them, in the order of one round.
pub const ALL: &[Recording] = &[
    through!("orders.0", 200),
    through!("orders.1", 200),
    through!("users.0", 200),
    through!("orders.2", 200),
    through!("users.1", 200),
    through!("orders.3", 200),
    refused!("orders.4"),
    through!("users.2", 200),
    closed!("legacy.0"),
    through!("orders.5", 200),
    four!("payments.0", 418),
    refused!("users.3"),
    through!("orders.6", 418),
    through!("users.4", 200),
    refused!("orders.7"),
    through!("users.5", 200),
    four!("payments.1", 418),
    through!("orders.8", 200),
    refused!("users.6"),
    through!("orders.9", 200),
    closed!("legacy.1"),
    through!("users.7", 200),
    four!("payments.2", 418),
];
