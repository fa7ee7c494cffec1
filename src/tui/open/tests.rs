use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use crossterm::event::Event;
use h2::SendStream;
use h2::client::{ResponseFuture, SendRequest};
use tokio::sync::Notify;
use tokio::time::timeout;

use super::*;
use crate::dispatch::{Rules, Server};
use crate::flows::control::{Figures, News};
use crate::tui::message::Message;
use crate::tui::update::update;

/// Generous: it ends a test that hangs, and measures nothing.
const DEADLINE: Duration = Duration::from_mins(1);

/// A terminal on which the frame after a word panics.
struct Doomed {
    word: Arc<Notify>,
    heard: bool,
    panics: Arc<Notify>,
}

impl Tty for Doomed {
    fn size(&self) -> io::Result<(u16, u16)> {
        Ok((80, 24))
    }

    fn draw(&mut self, _: &Model) -> io::Result<()> {
        if self.heard {
            self.panics.notify_one();
            panic!("drawing went wrong");
        }
        Ok(())
    }

    async fn event(&mut self) -> Option<io::Result<Event>> {
        self.word.notified().await;
        self.heard = true;
        Some(Ok(Event::Resize(81, 24)))
    }

    fn copy(&mut self, _: &str) -> Result<String, Problem> {
        Ok(String::new())
    }

    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn edit(&mut self, _: &Path, _: Option<usize>) -> Result<(), Problem> {
        Ok(())
    }
}

/// Begins a call.
async fn call(send: &SendRequest<Bytes>) -> (ResponseFuture, SendStream<Bytes>) {
    let request = http::Request::post("http://x/coprocess.Dispatcher/Dispatch")
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(())
        .unwrap();
    let mut ready = send.clone().ready().await.unwrap();
    ready.send_request(request, false).unwrap()
}

/// The first bytes of an answer.
async fn answered(answer: ResponseFuture) -> Bytes {
    let answer = timeout(DEADLINE, answer).await.unwrap().unwrap();
    timeout(DEADLINE, answer.into_body().data()).await.unwrap().unwrap().unwrap()
}

#[test]
fn a_panic_of_the_console_leaves_its_server_until_what_is_in_flight_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources::only(folder.path())
        .flag("server.listen", "--listen", Some("127.0.0.1:0"))
        .flag("host.listen", "--host", Some("127.0.0.1:0"));
    let loaded = config::load_safe(&sources).unwrap();
    let settings = loaded.settings.clone();
    let view = capture::view(&settings.redact, false).unwrap();
    let (recorder, capture) = Capture::start(&settings.capture, view, settings.server.answer_limit);
    let rules = Rules::configured(&settings).unwrap();
    let server = Server::start(&settings.server, rules, Some(recorder.clone())).unwrap();
    let address = server.address().to_string();
    let mut console = Console::new(loaded, Ring::default());
    console.capture = Some((recorder, capture.clone()));
    console.server = Some(server);

    let (word, panics) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let tty = Doomed { word: Arc::clone(&word), heard: false, panics: Arc::clone(&panics) };
    let console = std::thread::spawn(move || {
        let runtime = Runtime::new().unwrap();
        guarded(&runtime, console, Depth::True, TimeZone::UTC, || Ok(tty))
    });

    // The hook's type is `Pre`; an Object of a request hook is answered with its request.
    let object = b"\x08\x01\x12\x02hi";
    let mut framed = BytesMut::new();
    framed.put_u8(0);
    framed.put_u32(u32::try_from(object.len()).unwrap());
    framed.put_slice(object);
    let framed = framed.freeze();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let socket = tokio::net::TcpStream::connect(&address).await.unwrap();
        let (send, connection) = h2::client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        let (half, mut rest) = call(&send).await;
        rest.send_data(framed.slice(..7), false).unwrap();
        // The half is there once a whole call after it on the same connection is answered.
        let (whole, mut body) = call(&send).await;
        body.send_data(framed.clone(), true).unwrap();
        let expected = answered(whole).await;
        word.notify_one();
        timeout(DEADLINE, panics.notified()).await.unwrap();
        rest.send_data(framed.slice(7..), true).unwrap();
        assert_eq!(answered(half).await, expected);
    });
    let panic = console.join().unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"drawing went wrong"));
    // Once the console has ended, so has its server.
    assert!(std::net::TcpStream::connect(&address).is_err());
}

#[test]
fn figures_of_a_server_that_come_before_it_is_known_to_be_looked_at_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = config::load_safe(&Sources::only(folder.path())).unwrap();
    let theme = Theme::load("ansi", None, Depth::None).unwrap();
    let (keymap, _) = Keymap::load(None);
    let mut model = model(&loaded, theme, Depth::None, keymap, TimeZone::UTC, Tab::Server);
    model.server.server = server::Life::Starting;
    let figures = Figures { unanswered: vec!["orders".to_owned()], ..Figures::default() };
    update(&mut model, Message::Elsewhere(News::Figures(Box::new(figures))));
    let process = server::Process { pid: 1, console: false, session: None, holds: (1, 1) };
    let on = server::On {
        address: "127.0.0.1:1".to_owned(),
        since: Timestamp::UNIX_EPOCH,
        notices: Vec::new(),
        folder: None,
        process: Some(process),
    };
    update(&mut model, Message::Server(Ok(on)));
    assert_eq!(model.server.unanswered, ["orders"]);
    // Its end is told, too.
    assert!(matches!(model.server.server, server::Life::On(_)));
    update(&mut model, Message::Elsewhere(News::Ended));
    assert!(matches!(model.server.server, server::Life::Failed(_)));
}
