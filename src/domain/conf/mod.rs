//! A Gateway's settings that concern plugins: `tyk.conf` and its environment variables.
