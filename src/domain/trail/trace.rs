//! The id that a Gateway with OpenTelemetry gives all hooks of a request.

/// The trace id of a `traceparent`. A client that traces sends one of its own, which several of its requests may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceId([u8; 16]);

impl TraceId {
    /// Reads a `traceparent`: `00-<32 hex digits>-<16>-<2>`; later versions may have more behind. `None` where it is none.
    /// Source: W3C Trace Context, section 3.2.
    pub fn of_parent(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let version = parts.next()?;
        let (trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |text: &str, digits: usize| {
            text.len() == digits && text.bytes().all(|it| it.is_ascii_hexdigit())
        };
        let is_whole = is_hex(version, 2)
            && !version.eq_ignore_ascii_case("ff")
            && is_hex(trace, 32)
            && is_hex(parent, 16)
            && is_hex(flags, 2)
            && (version != "00" || parts.next().is_none());
        let id = u128::from_str_radix(trace, 16).ok().filter(|&id| is_whole && id != 0)?;
        Some(Self(id.to_be_bytes()))
    }

    /// The id as it is kept.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// From what was kept; `None` where it is no id.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl std::fmt::Display for TraceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_has_an_id_or_is_none() {
        let id = "0af7651916cd43dd8448eb211c80319c";
        let of = |text: &str| TraceId::of_parent(text).map(|id| id.to_string());
        assert_eq!(of(&format!("00-{id}-a383270f4a055842-01")).as_deref(), Some(id));
        assert_eq!(of(&format!("01-{id}-a383270f4a055842-01-more")).as_deref(), Some(id));
        for none in [
            "",
            id,
            &format!("00-{id}-a383270f4a055842-01-more"),
            &format!("00-{id}-a383270f4a055842"),
            &format!("ff-{id}-a383270f4a055842-01"),
            &format!("00-{}-a383270f4a055842-01", "0".repeat(32)),
            "00-é-a-01",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
        let kept = TraceId::of_parent(&format!("00-{id}-a383270f4a055842-01")).unwrap();
        assert_eq!(TraceId::from_bytes(&kept.bytes()), Some(kept));
        assert_eq!(TraceId::from_bytes(b"short"), None);
    }
}
