//! Filters that are wrong at any character: each beginning of a good one, and each with one character gone, added or
//! another, is a filter or an error that has its place in the text, and not before the damage.

use tyk_tui::domain::filter::{Filter, FilterError, look};

const GOOD: [&str; 14] = [
    "hook:auth_check & path:/orders & status:403 & body~\"x.*y\"",
    "(outcome:refused || outcome:failed) & !rule:static-key & took>10ms",
    "!(status:4xx || status:400..499) size>=2kB",
    "api=orders name~\"^My(Pre|Post)$\"",
    "header.X-Tenant:acme & seq:1..7",
    "rule:\"a \\\"quoted\\\" name\" & peer:127.0.0.1",
    "path~/orders/[0-9]+ & method:GET",
    "\"some words\" & plain",
    "hook:pre | .request.request.url | startswith(\"/orders\")",
    "| .status == 403 and (.took_us > 1000)",
    "| [.reply.request.setHeaders[]?] | length > 0",
    "| if .held_us then .rule else \"none\" end | test(\"^a\")",
    "body:größe & rule:\"日本語\"",
    "((hook:pre) || (hook:post & !(status:200)))",
];

/// What is wrong, as far as the error can be right: with its place inside the text, on whole characters; the same in the line
/// that is typed on, whose colours are in order.
fn checked(text: &str) -> Option<FilterError> {
    let (parts, looked) = look(text);
    let mut end = 0;
    for (part, _) in parts {
        assert!(part.start >= end && text.get(part.clone()).is_some(), "{text:?}: {part:?}");
        end = part.end;
    }
    let error = Filter::parse(text).err();
    assert_eq!(looked, error, "{text:?}: typed and used it is the same");
    let error = error?;
    let span = error.span.clone();
    assert!(text.get(span.clone()).is_some(), "{text:?}: {error:?}");
    assert!(!error.what.is_empty() && !error.what.contains('\n'), "{text:?}: {error:?}");
    let character = error.character(text);
    assert!((1..=text.chars().count() + 1).contains(&character), "{text:?}: {error:?}");
    assert_eq!(text.char_indices().nth(character - 1).map_or(text.len(), |(at, _)| at), span.start);
    let problem = error.problem(text);
    assert!(problem.place.unwrap().ends_with(&format!(", character {character}")));
    Some(error)
}

/// Whether the error is of something that was opened and lies open: then it is where that was opened.
fn is_of_what_is_open(error: &FilterError) -> bool {
    ["not closed", "quote", "unclosed", "regular expression", "closing", "expected", "unopened"]
        .iter()
        .any(|word| error.what.contains(word))
}

#[test]
fn each_beginning_is_a_filter_or_has_its_error_at_its_end_or_where_something_lies_open() {
    let mut wrong = 0;
    for good in GOOD {
        assert_eq!(checked(good), None, "{good}");
        for (end, _) in good.char_indices() {
            let text = &good[..end];
            let Some(error) = checked(text) else { continue };
            wrong += 1;
            // Its last word, which may be half of one.
            let word = text
                .rfind([' ', '(', '!', '|', '.', ':', '=', '~', '>', '['])
                .map_or(0, |at| at + 1);
            assert!(
                error.span.end >= word.min(text.trim_end().len()) || is_of_what_is_open(&error),
                "{text:?}: {error:?}"
            );
        }
    }
    assert!(wrong > 150, "{wrong}");
}

#[test]
fn one_character_of_damage_is_found_where_it_is_or_behind_it() {
    const OTHERS: [char; 10] = ['(', '"', '|', ')', '&', ':', '~', ' ', '[', '\u{1f9d1}'];
    let (mut tried, mut wrong) = (0, 0);
    for good in GOOD {
        // jq is compiled anew each time, which takes its time.
        let is_jq = good.contains(" | ") || good.starts_with('|');
        let others = if is_jq { &OTHERS[..3] } else { &OTHERS[..] };
        for (at, c) in good.char_indices() {
            let (before, after) = (&good[..at], &good[at + c.len_utf8()..]);
            let mut damaged = vec![format!("{before}{after}")];
            for other in others {
                damaged.push(format!("{before}{other}{after}"));
                damaged.push(format!("{before}{other}{c}{after}"));
            }
            for text in damaged {
                tried += 1;
                let Some(error) = checked(&text) else { continue };
                wrong += 1;
                // The word that the damage is in may be wrong from its beginning on.
                // What is missing in front of a sign is missing before that.
                let signs = [' ', '(', '!', '|', '&'];
                let word = before.trim_end_matches(signs);
                let word = word.rfind(signs).map_or(0, |at| at + 1);
                assert!(
                    error.span.end >= word || is_of_what_is_open(&error),
                    "{text:?}, damaged at {at}: {error:?}"
                );
            }
        }
    }
    assert!(wrong > tried / 10 && wrong < tried, "{wrong} of {tried}");
}
