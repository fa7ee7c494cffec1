//! What a Gateway meets where it looks for a bundle: it asks without credentials.

use std::time::Duration;

use crate::domain::task::{Problem, size};
use crate::flows::sound::check_file;
use crate::net::http::{CallError, Visit, visit};

/// What a Gateway meets at a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meets {
    /// The URL that it builds.
    pub url: String,
    /// The status of the last answer; none where there was none.
    pub status: Option<u16>,
    /// Where it was sent to.
    pub redirected: Option<String>,
    /// How many bytes came.
    pub bytes: u64,
    /// How long that took.
    pub took: Duration,
    /// Why it does not get the bundle, and what to do; none where it does.
    pub fails: Option<Problem>,
    /// What there is to know although it does.
    pub note: Option<String>,
}

/// Asks as a Gateway does: once, within 5 s, TLS 1.2 at most, redirects followed. `insecure` is the Gateway's
/// `bundle_insecure_skip_verify`.
pub async fn check(url: &str, insecure: bool) -> Result<Meets, Problem> {
    let mut file = tempfile::tempfile()
        .map_err(|error| Problem::failed(format!("cannot make a temporary file: {error}")))?;
    let began = std::time::Instant::now();
    let visit = visit(url, insecure, &mut file).await;
    let took = began.elapsed();
    let meets = |visit: Option<&Visit>, fails: Option<Problem>| Meets {
        url: url.to_owned(),
        status: visit.map(|visit| visit.status),
        redirected: visit.and_then(|visit| visit.redirected.clone()),
        bytes: visit.map_or(0, |visit| visit.bytes),
        took,
        fails: fails.map(|problem| problem.at(url)),
        note: None,
    };
    let visit = match visit {
        Ok(visit) => visit,
        Err(error) => return Ok(meets(None, Some(unanswered(&error)))),
    };
    if let Some(problem) = refused(&visit) {
        return Ok(meets(Some(&visit), Some(problem)));
    }
    if let Err(problem) = check_file(std::path::Path::new(url), &mut file) {
        return Ok(meets(Some(&visit), Some(problem)));
    }
    let mut meets = meets(Some(&visit), None);
    let slow = took > Duration::from_millis(2500);
    meets.note = match &visit.redirected {
        Some(to) => Some(format!("it is sent on to {to}, which it follows")),
        None if slow => Some(format!(
            "{} took {took:.1?} from here: a Gateway gives one attempt 5 s, so it is near the limit",
            size(visit.bytes)
        )),
        None => None,
    };
    Ok(meets)
}

fn unanswered(error: &CallError) -> Problem {
    match error {
        CallError::TimedOut(_) => Problem::no("a Gateway does not get it: it takes more than 5 s from here")
            .help("that is all that a Gateway gives one attempt: make the bundle smaller, or serve it nearer"),
        CallError::Tls(why) => Problem::no(format!("a Gateway does not get it: no TLS with this server ({why})"))
            .help("a Gateway speaks TLS 1.2 at most, and wants a certificate that it trusts unless `bundle_insecure_skip_verify` is on"),
        error => Problem::no(format!("a Gateway does not get it: {error}")).help(error.help("the server")),
    }
}

fn refused(visit: &Visit) -> Option<Problem> {
    let no = |what: &str, help: &str| {
        Some(Problem::no(format!("a Gateway does not get it: {what}")).help(help))
    };
    match visit.status {
        200 => None,
        401 | 403 => no(
            &format!("{}, as it asks without credentials", visit.status),
            "allow everybody s3:GetObject on the bundles, or put a CDN in front that has access and name its address as \
             `base_url`; a presigned link is no way, as a bundle's name cannot hold a query. Where nobody may list the bucket, \
             S3 says 403 of what is not there, too",
        ),
        404 => no(
            "404, there is nothing at this URL",
            "look at the key, and at `bundle_base_url` of the Gateway",
        ),
        301 | 307 | 308 => no(
            &format!("{}, a redirect that names no place to go", visit.status),
            "S3 does so where the address is of another region than the bucket: give the bucket's region",
        ),
        status => no(
            &format!("{status}, and only 200 counts"),
            "ask for the URL with a browser, and see what it says",
        ),
    }
}
