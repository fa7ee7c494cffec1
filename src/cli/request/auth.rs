//! Words for who a request is from.

use std::path::PathBuf;

use super::words::absolute;
use crate::domain::request::{Algorithm, Auth, HmacAlgorithm, JwtAlgorithm, KeySource};
use crate::domain::task::Problem;
use crate::services::files;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// No authentication.
    #[default]
    None,
    /// A key in a header.
    Key,
    /// The reference HMAC scheme: the Date is signed.
    Hmac,
    /// A JSON Web Token, minted now.
    Jwt,
    /// User and password.
    Basic,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Authentication")]
pub(super) struct AuthArgs {
    /// How the request proves who it is from.
    #[arg(long, value_name = "KIND", value_enum, default_value = "none")]
    auth: Kind,
    /// The variable that holds the key, secret or password.
    #[arg(long, value_name = "NAME", conflicts_with = "key_file")]
    key_env: Option<String>,
    /// The file that holds it; others must not be able to read it. For JWTs but of HS a private key in PEM.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// key, jwt: the header [default: Authorization].
    #[arg(long, value_name = "NAME")]
    auth_header: Option<String>,
    /// key, jwt: a word before it [default: none for key, Bearer for jwt].
    #[arg(long, value_name = "WORD")]
    auth_scheme: Option<String>,
    /// hmac: which key; it is sent as it is.
    #[arg(long, value_name = "ID")]
    key_id: Option<String>,
    /// hmac: sha256 or sha512 [default: sha512]. jwt: HS, RS or PS with 256, 384 or 512, ES256, ES384, `EdDSA` [default:
    /// HS256].
    #[arg(long, value_name = "NAME")]
    algorithm: Option<String>,
    /// jwt: `kid` of the token's header.
    #[arg(long, value_name = "ID")]
    kid: Option<String>,
    /// jwt: the claims, a JSON object, or @FILE; `iat` and `exp` are added where they are not there.
    #[arg(long, value_name = "JSON")]
    claims: Option<String>,
    /// jwt: for how many seconds the token holds [default: 300].
    #[arg(long, value_name = "SECONDS")]
    expires_in: Option<u64>,
    /// basic: the user's name.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
}

impl AuthArgs {
    /// The authentication, or what is missing or does not belong to it.
    pub(super) fn auth(&self) -> Result<Auth, Problem> {
        self.check()?;
        let header = || self.auth_header.clone().unwrap_or_else(|| "Authorization".to_owned());
        let scheme = |usual: &str| self.auth_scheme.clone().unwrap_or_else(|| usual.to_owned());
        Ok(match self.auth {
            Kind::None => Auth::None,
            Kind::Key => Auth::Key { header: header(), scheme: scheme(""), key: self.key()? },
            Kind::Hmac => Auth::Hmac {
                key_id: needed(self.key_id.as_ref(), "--key-id ID")?,
                algorithm: algorithm::<HmacAlgorithm>(self.algorithm.as_deref())?,
                secret: self.key()?,
            },
            Kind::Jwt => Auth::Jwt {
                algorithm: algorithm::<JwtAlgorithm>(self.algorithm.as_deref())?,
                key: self.key()?,
                kid: self.kid.clone(),
                claims: self.claims()?,
                lasts: self.expires_in.unwrap_or(300),
                header: header(),
                scheme: scheme("Bearer"),
            },
            Kind::Basic => Auth::Basic {
                user: needed(self.user.as_ref(), "--user NAME")?,
                password: self.key()?,
            },
        })
    }

    /// A word that means nothing here was meant for something.
    fn check(&self) -> Result<(), Problem> {
        use Kind::{Basic, Hmac, Jwt, Key};
        let words: [(&str, bool, &[Kind]); 10] = [
            ("--key-env", self.key_env.is_some(), &[Key, Hmac, Jwt, Basic]),
            ("--key-file", self.key_file.is_some(), &[Key, Hmac, Jwt, Basic]),
            ("--auth-header", self.auth_header.is_some(), &[Key, Jwt]),
            ("--auth-scheme", self.auth_scheme.is_some(), &[Key, Jwt]),
            ("--key-id", self.key_id.is_some(), &[Hmac]),
            ("--algorithm", self.algorithm.is_some(), &[Hmac, Jwt]),
            ("--kid", self.kid.is_some(), &[Jwt]),
            ("--claims", self.claims.is_some(), &[Jwt]),
            ("--expires-in", self.expires_in.is_some(), &[Jwt]),
            ("--user", self.user.is_some(), &[Basic]),
        ];
        match words.iter().find(|(_, is_there, kinds)| *is_there && !kinds.contains(&self.auth)) {
            None => Ok(()),
            Some((word, _, kinds)) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
                let what = format!("{word} means nothing with --auth {}", self.auth.word());
                Err(Problem::usage(what).help(format!("it belongs to --auth {}", kinds.join(", "))))
            }
        }
    }

    fn key(&self) -> Result<KeySource, Problem> {
        match (&self.key_env, &self.key_file) {
            (Some(name), _) => Ok(KeySource::Env(name.clone())),
            (None, Some(path)) => Ok(KeySource::File(absolute(path))),
            (None, None) => needed(None, "--key-env NAME or --key-file FILE"),
        }
    }

    fn claims(&self) -> Result<String, Problem> {
        const LARGEST: u64 = 64 << 10;
        match self.claims.as_deref() {
            None => Ok("{}".to_owned()),
            Some(text) => match text.strip_prefix('@') {
                None => Ok(text.to_owned()),
                Some(path) => {
                    let bytes = files::read(path.as_ref(), LARGEST, "cannot read the claims")?;
                    String::from_utf8(bytes)
                        .map_err(|_| Problem::failed("the claims are no UTF-8").at(path))
                }
            },
        }
    }
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Key => "key",
            Self::Hmac => "hmac",
            Self::Jwt => "jwt",
            Self::Basic => "basic",
        }
    }
}

fn needed<T: Clone>(value: Option<&T>, word: &str) -> Result<T, Problem> {
    value.cloned().ok_or_else(|| Problem::usage(format!("this authentication needs {word}")))
}

fn algorithm<A: Algorithm>(word: Option<&str>) -> Result<A, Problem> {
    let Some(word) = word else { return Ok(A::ALL[0]) };
    A::of(word).ok_or_else(|| {
        let known: Vec<_> = A::ALL.iter().map(|it| it.word()).collect();
        Problem::usage(format!("{word:?} is no algorithm of this authentication"))
            .help(format!("one of {}", known.join(", ")))
    })
}
