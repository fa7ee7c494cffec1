//! `inject_jwt = { key_file = "id_rsa", claims = { sub = "${session.metadata.user}" } }`: a signed token for the upstream, as
//! Tyk's sample plugin of signed-JWT injection makes it.

mod signer;

use jiff::Timestamp;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::DeValue;

use super::{Action, Hooks, Kind, Now, action_table};
use crate::dispatch::rules::load::{Loader, of_file, reaches_upstream};
use crate::dispatch::rules::table::{Placed, Table};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::request::{Algorithm as _, JwtAlgorithm, JwtSigner};
use crate::domain::task::Problem;

pub(super) const KIND: Kind = Kind { name: "inject_jwt", hooks: Hooks::Request, load };

/// Seconds that a token counts, where the rule does not say: it is made anew for each request.
const EXPIRES: i64 = 60;

#[derive(Debug)]
struct InjectJwt {
    signer: JwtSigner,
    kid: Option<String>,
    header: String,
    bearer: bool,
    claims: Vec<(String, Claim)>,
    expires: i64,
}

/// A claim's value, with templates in its texts.
#[derive(Debug)]
enum Claim {
    Text(Template),
    Plain(Value),
    List(Vec<Claim>),
    Table(Vec<(String, Claim)>),
}

impl Claim {
    /// `None` where it is one `${…}` that is not there: the claim is left out then.
    fn value(&self, turn: &Turn<'_>) -> Option<Value> {
        Some(match self {
            Self::Text(template) => return template.value(turn),
            Self::Plain(value) => value.clone(),
            Self::List(items) => {
                Value::Array(items.iter().filter_map(|item| item.value(turn)).collect())
            }
            Self::Table(members) => Value::Object(filled(members, turn)),
        })
    }
}

fn filled(members: &[(String, Claim)], turn: &Turn<'_>) -> Map<String, Value> {
    let member = |(name, claim): &(String, Claim)| Some((name.clone(), claim.value(turn)?));
    members.iter().filter_map(member).collect()
}

impl Now for InjectJwt {
    fn takes_long(&self) -> bool {
        true
    }

    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        let mut claims = filled(&self.claims, turn);
        let now = Timestamp::now().as_second();
        claims.entry("iat").or_insert(now.into());
        claims.entry("exp").or_insert(now.saturating_add(self.expires).into());
        match self.signer.sign(self.kid.as_deref(), &claims) {
            Ok(token) => {
                let value = if self.bearer { format!("Bearer {token}") } else { token };
                turn.edit.set_header(&self.header, &value);
                Done::GoOn
            }
            Err(error) => {
                let why = format!("cannot sign a token: {error}");
                turn.note = Some(why.clone());
                // Without it the upstream would take the caller's own header for ours.
                Done::NoAnswer(tonic::Status::internal(why))
            }
        }
    }
}

fn load(loader: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let known =
        ["key_file", "secret_file", "algorithm", "kid", "header", "bearer", "claims", "expires"];
    let table = action_table(action, "inject_jwt", "`inject_jwt`", &known)?;
    let algorithm = match table.string("algorithm")? {
        None => JwtAlgorithm::RS256,
        Some(name) => {
            let known = JwtAlgorithm::ALL.iter().find(|it| it.word() == name.value);
            *known.ok_or_else(|| {
                let words: Vec<_> = JwtAlgorithm::ALL.iter().map(|it| it.word()).collect();
                table
                    .problem(&name.span, format!("`{}` is no algorithm of tokens here", name.value))
                    .help(format!("known are {}", words.join(", ")))
            })?
        }
    };
    if let (Some(_), Some(other)) = (table.value("key_file"), table.value("secret_file")) {
        return Err(table
            .problem(&other.span(), "`inject_jwt` with keys from two places")
            .help("a token has one signature: leave key_file or secret_file out"));
    }
    let (source, file) = match loader.file(&table, "key_file", "the key file")? {
        Some(file) => ("key_file", Some(file)),
        None => ("secret_file", loader.file(&table, "secret_file", "the secret's file")?),
    };
    let file = file.ok_or_else(|| {
        table.problem(&table.span, "`inject_jwt` without a key").help(
            "name a private key, key_file = \"id_rsa\", or for HS256 secret_file = \"secret\"",
        )
    })?;
    let signer = signer::of(algorithm, &file.text, &file.path)
        .map_err(|problem| of_file(&table, source, problem))?;
    let header = table.string("header")?;
    if let Some(header) = &header {
        loader.secret_header(header.value);
    }
    if let Some(header) = &header
        && http::HeaderName::from_bytes(header.value.as_bytes()).is_err()
    {
        let what = format!("`{}` is no header name", header.value);
        return Err(table.problem(&header.span, what));
    }
    header.as_ref().map_or(Ok(()), |header| reaches_upstream(&table, header))?;
    let expires = match table.integer("expires")? {
        None => EXPIRES,
        Some(seconds) if seconds.value < 1 => {
            return Err(table.problem(&seconds.span, "`expires` must be at least 1 second"));
        }
        Some(seconds) => seconds.value,
    };
    let claims = match table.any_table("claims")? {
        None => Vec::new(),
        Some(claims) => members(&claims)?,
    };
    Ok(Action::Now(Box::new(InjectJwt {
        signer,
        kid: table.string("kid")?.map(|kid| kid.value.to_owned()),
        header: header.map_or("Authorization", |header| header.value).to_owned(),
        bearer: table.value("bearer").is_none() || table.boolean("bearer")?,
        claims,
        expires,
    })))
}

fn members(table: &Table<'_>) -> Result<Vec<(String, Claim)>, Problem> {
    let member = |(name, value): (Placed<&str>, _)| {
        Ok((name.value.to_owned(), claim(table, name.value, value)?))
    };
    table.entries().map(member).collect()
}

fn claim<'a>(
    table: &Table<'a>,
    name: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<Claim, Problem> {
    let plain = |value: Value| Ok(Claim::Plain(value));
    match value.get_ref() {
        DeValue::String(text) => {
            let text: &str = text;
            Ok(Claim::Text(table.template(&Placed { value: text, span: value.span() })?))
        }
        DeValue::Boolean(boolean) => plain((*boolean).into()),
        DeValue::Integer(digits) => {
            let number = i64::from_str_radix(digits.as_str(), digits.radix());
            number.map(|it| Claim::Plain(it.into())).map_err(|_| {
                table.problem(&value.span(), format!("the claim `{name}` is out of range"))
            })
        }
        DeValue::Float(digits) => {
            match digits.as_str().parse::<f64>().map(Value::from) {
                Ok(number) if !number.is_null() => plain(number),
                _ => Err(table
                    .problem(&value.span(), format!("the claim `{name}` is no number of JSON"))),
            }
        }
        DeValue::Array(items) => items
            .iter()
            .map(|item| claim(table, name, item))
            .collect::<Result<_, _>>()
            .map(Claim::List),
        DeValue::Table(_) => match table.any_table(name)? {
            Some(inner) => members(&inner).map(Claim::Table),
            None => Err(table.problem(&value.span(), "tables in lists are not taken in claims")),
        },
        DeValue::Datetime(_) => Err(table
            .problem(&value.span(), format!("the claim `{name}` is a date"))
            .help("times of a token are seconds: write a number, or a text")),
    }
}
