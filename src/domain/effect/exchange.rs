//! What the rules read of an Object and its answer.

use crate::domain::object::wire::{Field, Fields, Value, int32, text_entry};
use crate::domain::object::{Head, Hook, Message, WireError, check};

/// What the rules read, borrowed from both wire forms.
#[derive(Default)]
pub(super) struct Exchange<'a> {
    /// The Gateway goes by the hook that it called, whatever the answer names.
    pub(super) hook: Hook,
    /// `request.url` as sent.
    pub(super) sent_url: &'a str,
    /// `request.request_uri` as sent.
    pub(super) sent_uri: &'a str,
    pub(super) answer: Answer<'a>,
}

/// What the Gateway reads of an answer, as far as it decides how the Dispatch ends.
#[derive(Default)]
pub(super) struct Answer<'a> {
    pub(super) has_request: bool,
    pub(super) has_overrides: bool,
    /// `return_overrides.response_code`.
    pub(super) code: i32,
    pub(super) url: &'a str,
    pub(super) method: &'a str,
    /// `set_headers`, in wire order.
    pub(super) set_headers: Vec<(&'a str, &'a str)>,
    pub(super) has_session: bool,
    /// `session.metadata.token`.
    session_token: &'a str,
    /// `metadata.token`, which is merged over the session's.
    object_token: Option<&'a str>,
    /// `response.status_code`, where there is a `response`.
    pub(super) status_code: Option<i32>,
}

impl<'a> Exchange<'a> {
    /// Of an Object, before its answer is known.
    pub(super) fn of(head: &Head<'a>) -> Result<Self, WireError> {
        Ok(Self {
            hook: head.hook,
            sent_url: head.url,
            sent_uri: head.request_uri()?,
            answer: Answer::default(),
        })
    }

    /// Reads the answer; an error where the Gateway cannot decode it.
    pub(super) fn read_answer(&mut self, answer: &'a [u8]) -> Result<(), WireError> {
        check(Message::Object, answer)?;
        self.answer = Answer::read(answer)?;
        Ok(())
    }
}

impl<'a> Answer<'a> {
    fn read(answer: &'a [u8]) -> Result<Self, WireError> {
        let mut read = Self::default();
        for field in Fields::new("Object", answer) {
            let field = field?;
            let Some(bytes) = field.bytes() else { continue };
            match field.number {
                3 => read.request(&field, bytes)?,
                4 => read.session(&field, bytes)?,
                5 => {
                    if let ("token", token) = text_entry("Object", &field, bytes)? {
                        read.object_token = Some(token);
                    }
                }
                7 => read.response(&field, bytes)?,
                _ => {}
            }
        }
        Ok(read)
    }

    fn request(&mut self, place: &Field<'a>, bytes: &'a [u8]) -> Result<(), WireError> {
        self.has_request = true;
        let fields = Fields::inside("MiniRequestObject", bytes, place.offset);
        for field in fields.clone() {
            let field = field?;
            let Some(bytes) = field.bytes() else { continue };
            match field.number {
                2 => self.set_headers.push(text_entry("MiniRequestObject", &field, bytes)?),
                5 => self.url = fields.text(&field, bytes)?,
                11 => self.method = fields.text(&field, bytes)?,
                10 => {
                    self.has_overrides = true;
                    for field in Fields::inside("ReturnOverrides", bytes, field.offset) {
                        let field = field?;
                        if let (1, Value::Varint(number)) = (field.number, field.value) {
                            self.code = int32(number);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn session(&mut self, place: &Field<'a>, bytes: &'a [u8]) -> Result<(), WireError> {
        self.has_session = true;
        for field in Fields::inside("SessionState", bytes, place.offset) {
            let field = field?;
            if let (23, Some(bytes)) = (field.number, field.bytes())
                && let ("token", token) = text_entry("SessionState", &field, bytes)?
            {
                self.session_token = token;
            }
        }
        Ok(())
    }

    fn response(&mut self, place: &Field<'a>, bytes: &'a [u8]) -> Result<(), WireError> {
        let mut code = self.status_code.unwrap_or(0);
        for field in Fields::inside("ResponseObject", bytes, place.offset) {
            let field = field?;
            if let (1, Value::Varint(number)) = (field.number, field.value) {
                code = int32(number);
            }
        }
        self.status_code = Some(code);
        Ok(())
    }

    /// The token under which the Gateway keeps the session: the Object's own metadata go over the session's.
    pub(super) fn token(&self) -> &'a str {
        self.object_token.unwrap_or(self.session_token)
    }
}
