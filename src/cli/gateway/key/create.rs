//! `gateway key create`.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde_json::json;

use super::shown;
use crate::cli::server::{Connected, work};
use crate::cli::{Answer, output};
use crate::domain::task::Problem;
use crate::flows::keys::{self, Limits};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The id of the API that it opens; it opens no other.
    api: String,
    /// Most requests in --per seconds [default: no limit].
    #[arg(long, value_name = "REQUESTS")]
    rate: Option<u32>,
    /// Seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, requires = "rate", value_parser = clap::value_parser!(u32).range(1..))]
    per: u32,
    /// Most requests in all [default: no limit].
    #[arg(long, value_name = "REQUESTS", value_parser = clap::value_parser!(u32).range(1..))]
    quota: Option<u32>,
    /// How long it lives: 30m, 2h, 7d; or never.
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = life)]
    expires: Life,
    /// A name to find it by.
    #[arg(long, value_name = "NAME", default_value = "tyk-tui")]
    alias: String,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// How long a key lives; `None`: until somebody deletes it.
#[derive(Clone, Copy, Debug)]
struct Life(Option<Duration>);

fn life(text: &str) -> Result<Life, String> {
    if text == "never" {
        return Ok(Life(None));
    }
    // A day is 24 hours here, whatever clocks do meanwhile.
    let hours = text.strip_suffix('d').and_then(|days| days.trim().parse::<u64>().ok());
    let life = match hours {
        Some(days) => Duration::from_secs(days.saturating_mul(86_400)),
        None => text
            .parse::<jiff::SignedDuration>()
            .ok()
            .and_then(|life| Duration::try_from(life).ok())
            .ok_or("write it as 30m, 2h, 7d or never")?,
    };
    let longest = Duration::from_hours(100 * 365 * 24);
    if life.as_secs() == 0 || life > longest {
        return Err("a second at least, a hundred years at most, or never".to_owned());
    }
    Ok(Life(Some(life)))
}

pub(super) fn run(args: &Args, connected: &Connected) -> Result<Answer, Problem> {
    connected.settings.writes_outside("make a key")?;
    let limits = Limits {
        rate: args.rate.map(f64::from),
        per: f64::from(args.per),
        quota: args.quota,
        life: args.expires.0,
    };
    let gateway = connected.gateway()?;
    let made = keys::make(gateway, &args.api, &args.alias, limits);
    let made = work("waiting for the Gateway", made)?;
    made.warnings.iter().for_each(output::warning);
    let (key, sent) = (&made.key, &made.sent);
    if args.json {
        output::line(json!({
            "key": key.key.expose_secret(),
            "hash": key.hash,
            "api": args.api,
            "alias": sent.alias,
            "rate": sent.rate,
            "per": sent.per,
            "quota": args.quota,
            "expires": (sent.expires > 0).then(|| shown::expires(sent.expires)),
        }))?;
    } else {
        output::line(key.key.expose_secret())?;
        output::notice(format_args!(
            "opens {}; rate: {}; expires: {}; it is not shown again",
            args.api,
            shown::rate(sent.rate, sent.per),
            shown::expires(sent.expires)
        ));
        if let Some(hash) = &key.hash {
            output::notice(format_args!("the Gateway keeps its hash alone: {hash}"));
        }
    }
    Ok(Answer::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_read_as_people_write_them() {
        let seconds = |text| life(text).map(|life| life.0.map(|life| life.as_secs()));
        assert_eq!(seconds("90s"), Ok(Some(90)));
        assert_eq!(seconds("2h"), Ok(Some(7200)));
        assert_eq!(seconds("7d"), Ok(Some(604_800)));
        assert_eq!(seconds("never"), Ok(None));
        for wrong in ["", "soon", "-1h", "0s", "99999999999d", "1 fortnight"] {
            assert!(life(wrong).is_err(), "{wrong}");
        }
    }
}
