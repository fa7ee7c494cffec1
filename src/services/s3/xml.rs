//! Single values of the XML that errors come in. Stores differ in namespaces and order there, so it is read by names alone.

/// The text of the first element of this name; `None` where there is none.
pub(super) fn element(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    Some(unescaped(inner.trim()))
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
    ];
    let plain = entities.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    // Last, so that `&amp;lt;` stays what it says.
    plain.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_name() {
        let text = "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>no &amp;lt; &quot;way&quot;</Message></Error>";
        assert_eq!(element(text, "Code").as_deref(), Some("AccessDenied"));
        assert_eq!(element(text, "Message").as_deref(), Some("no &lt; \"way\""));
        assert_eq!(element(text, "Region"), None);
        assert_eq!(element("<Code>half", "Code"), None);
    }
}
