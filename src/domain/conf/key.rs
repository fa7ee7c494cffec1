//! The settings that concern plugins, by their names in the file and in the environment.

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its names in `tyk.conf`, from the top.
    pub words: &'static [&'static str],
    /// What it takes.
    pub kind: Kind,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that nobody is shown.
    Secret,
    /// `true` or `false`.
    Switch,
    /// A whole number.
    Number,
}

impl Key {
    /// Its name with dots: `coprocess_options.enable_coprocess`.
    pub fn name(&self) -> String {
        self.words.join(".")
    }

    /// Its environment variable: `TYK_GW_COPROCESSOPTIONS_ENABLECOPROCESS`.
    pub fn variable(&self) -> String {
        let words = self.words.iter().map(|word| word.replace('_', "").to_uppercase());
        words.fold("TYK_GW".to_owned(), |name, word| name + "_" + &word)
    }
}

/// Declares the settings: a constant each, and the table of all.
macro_rules! keys {
    ($($name:ident $kind:ident $($word:literal).+;)+) => {
        /// The settings, by name.
        pub mod keys {
            use super::{Key, Kind};

            $(
                #[doc = concat!("`", stringify!($name), "` in lower case.")]
                pub const $name: &Key = &Key { words: &[$($word),+], kind: Kind::$kind };
            )+
        }

        /// All settings that concern plugins.
        pub const KEYS: &[&Key] = &[$(keys::$name),+];
    };
}

keys! {
    SECRET Secret "secret";
    ENABLE_BUNDLE_DOWNLOADER Switch "enable_bundle_downloader";
    BUNDLE_BASE_URL Text "bundle_base_url";
    BUNDLE_INSECURE_SKIP_VERIFY Switch "bundle_insecure_skip_verify";
    SKIP_VERIFY_EXISTING_PLUGIN_BUNDLE Switch "skip_verify_existing_plugin_bundle";
    PUBLIC_KEY_PATH Text "public_key_path";
    MIDDLEWARE_PATH Text "middleware_path";
    APP_PATH Text "app_path";
    USE_DB_APP_CONFIGS Switch "use_db_app_configs";
    ENABLE_JSVM Switch "enable_jsvm";
    HEALTH_CHECK_ENDPOINT_NAME Text "health_check_endpoint_name";
    LISTEN_PORT Number "listen_port";
    CONTROL_API_PORT Number "control_api_port";
    ENABLE_COPROCESS Switch "coprocess_options"."enable_coprocess";
    COPROCESS_GRPC_SERVER Text "coprocess_options"."coprocess_grpc_server";
    GRPC_RECV_MAX_SIZE Number "coprocess_options"."grpc_recv_max_size";
    GRPC_SEND_MAX_SIZE Number "coprocess_options"."grpc_send_max_size";
    GRPC_AUTHORITY Text "coprocess_options"."grpc_authority";
    GRPC_ROUND_ROBIN_LOAD_BALANCING Switch "coprocess_options"."grpc_round_robin_load_balancing";
    PYTHON_PATH_PREFIX Text "coprocess_options"."python_path_prefix";
    PYTHON_VERSION Text "coprocess_options"."python_version";
    USE_RPC Switch "slave_options"."use_rpc";
    GROUP_ID Text "slave_options"."group_id";
}
