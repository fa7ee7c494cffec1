//! A call that failed, and an answer that the Gateway cannot take: 403 from an auth hook, 500 from any other.

use crate::domain::object::{Hook, WireError};

use super::Verdict;
use super::exchange::Exchange;

/// The answer's bytes, where the Gateway takes them at all.
pub(super) fn decide<'a>(
    exchange: &Exchange<'_>,
    answer: Result<&'a [u8], &str>,
    trimmed: bool,
    limit: usize,
) -> Result<&'a [u8], Verdict> {
    match answer {
        Err(error) => Err(failed(exchange, error)),
        Ok(answer) if answer.len() > limit => {
            let way_out = match (trimmed, exchange.hook.is_request_hook()) {
                (true, _) => "what it does not read is left out already;",
                (false, true) => "leave out what it does not read (request.body), or",
                (false, false) => {
                    "leave out what it does not read (request, and response.body), or"
                }
            };
            Err(failed(
                exchange,
                format!(
                    "the answer's {} bytes are more than the {limit} that the Gateway takes: {way_out} raise its \
                     coprocess_options.grpc_recv_max_size",
                    answer.len(),
                ),
            ))
        }
        Ok(answer) => Ok(answer),
    }
}

/// The Gateway's decoder refuses what is no protobuf, and text that is not UTF-8.
pub(super) fn undecodable(exchange: &Exchange<'_>, error: &WireError) -> Verdict {
    failed(exchange, format!("the Gateway cannot decode the answer: {error}"))
}

fn failed(exchange: &Exchange<'_>, error: impl Into<String>) -> Verdict {
    let status = if exchange.hook == Hook::AuthCheck { 403 } else { 500 };
    Verdict::failed(Some(status), error)
}
