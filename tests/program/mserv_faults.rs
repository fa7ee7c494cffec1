//! What mserv does under writes: it resets, forgets to answer, dies. The client of the library, with less patience than a
//! person's.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_util::sync::CancellationToken;
use tyk_tui::domain::task::{Kind, Problem};
use tyk_tui::flows::mserv::{Desk, MSERV_LOCK, Tell};
use tyk_tui::flows::sound::{Bundle, check};
use tyk_tui::services::files::Turn;
use tyk_tui::services::mserv::{Flags, Mserv as Client, Pace, Pushed, Settings};

use super::home::Home;
use super::mserv_stand_in::{Fault, Mserv, fixture};

const QUICK: Pace = Pace { settle: Duration::from_millis(1), patience: Duration::from_millis(300) };

fn client(url: &str) -> Client {
    let flags = Flags { endpoint: Some(url.to_owned()), ..Flags::default() };
    Client::new(&Settings::new(&flags, |_| None).unwrap()).unwrap().paced(QUICK)
}

fn desk(mserv: &Mserv) -> Desk {
    Desk::new(client(&mserv.url()), Arc::new(|_, _| ()), CancellationToken::new())
}

fn bundle(name: &str) -> Bundle {
    check(&fixture("bundles").join(name)).unwrap()
}

async fn push(mserv: &Mserv) -> Result<Pushed, Problem> {
    desk(mserv).push(&bundle("python-auth.zip"), Some("api"), false).await
}

fn posts(mserv: &Mserv) -> usize {
    mserv.asked().iter().filter(|line| line.starts_with("POST")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_whose_answer_is_lost_is_looked_for_before_it_is_sent_again() {
    let mserv = Mserv::start();
    mserv.will("POST", Fault::DoneThenCut);
    let pushed = push(&mserv).await.unwrap();
    assert_eq!((pushed.id.as_str(), pushed.found, posts(&mserv)), ("new-1", true, 1));
    assert_eq!(mserv.asked()[2..4], ["GET /health", "GET /api/mw/master/all"]);

    // Somebody else's bundle with the same checksum was there before, and is not taken for ours.
    let mserv = Mserv::start();
    mserv.keep("theirs", "2026-11-22T18:36:53.035Z", "api", "024", "python-auth.zip");
    mserv.will("POST", Fault::Cut);
    let pushed = push(&mserv).await.unwrap();
    assert_eq!((pushed.id.as_str(), pushed.found, posts(&mserv)), ("new-1", false, 2));
    assert_eq!(mserv.ids(), ["theirs", "new-1"]);

    let mserv = Mserv::start();
    mserv.will("POST", Fault::Cut);
    mserv.will("POST", Fault::Cut);
    let problem = push(&mserv).await.unwrap_err();
    assert!(problem.what.contains("it was not stored, twice"), "{problem}");
    assert_eq!((problem.kind, posts(&mserv)), (Kind::Failed, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_come_back_is_said_to_be_gone() {
    let mserv = Mserv::start();
    mserv.will("POST", Fault::AnsweredThenGone);
    let problem = push(&mserv).await.unwrap_err();
    assert_eq!(problem.what, "mserv went away after the write (new-1 was pushed)");
    assert_eq!(problem.help.as_deref(), Some("start it again"));
    assert_eq!(problem.kind, Kind::Failed);

    let mserv = Mserv::start();
    mserv.will("POST", Fault::DoneThenGone);
    let problem = push(&mserv).await.unwrap_err();
    assert_eq!(problem.what, "mserv went away after the write");
    let help = problem.help.unwrap();
    assert!(help.contains("start it again, then look whether the write was done"), "{help}");
    assert_eq!(posts(&mserv), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn deletes_and_updates_survive_a_lost_answer() {
    let mserv = Mserv::start();
    mserv.keep("old", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.will("PUT", Fault::DoneThenCut);
    mserv.will("DELETE", Fault::Cut);
    let updated = desk(&mserv).update("old", &bundle("python-auth-v2.zip")).await.unwrap();
    assert!(updated.pushed.found && updated.left.is_none(), "{updated:?}");
    assert_eq!(mserv.ids(), ["old"]);
    mserv.will("DELETE", Fault::DoneThenCut);
    let deleted = desk(&mserv).delete("old").await.unwrap();
    assert_eq!((deleted.id.as_str(), deleted.found), ("old", true));
    assert_eq!(mserv.ids(), [""; 0]);
    mserv.keep("old", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.will("PUT", Fault::Cut);
    let updated = desk(&mserv).update("old", &bundle("python-auth-v2.zip")).await.unwrap();
    assert!(!updated.pushed.found, "{updated:?}");
    let puts = mserv.asked().iter().filter(|line| line.starts_with("PUT")).count();
    assert_eq!(puts, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_fails_says_which_trial_it_leaves() {
    let mserv = Mserv::start();
    mserv.keep("old", "2026-11-22T18:36:53.035Z", "", "024", "python-auth.zip");
    mserv.will("PUT", Fault::AnsweredThenGone);
    let problem = desk(&mserv).update("old", &bundle("python-auth-v2.zip")).await.unwrap_err();
    assert!(problem.what.contains("old was replaced"), "{problem}");
    assert!(problem.what.contains("new-1 stays on mserv"), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_come_one_at_a_time() {
    let mserv = Mserv::start();
    let client = client(&mserv.url());
    let desk = || Desk::new(client.clone(), Arc::new(|_, _| ()), CancellationToken::new());
    let (one, two) = (desk(), desk());
    let file = bundle("python-auth.zip");
    let (one, two) = tokio::join!(one.push(&file, None, false), two.push(&file, None, false));
    assert_ne!(one.unwrap().id, two.unwrap().id);
    let (list, post) = ("GET /api/mw/master/all", "POST /api/mw?store_only=false");
    let mut asked = mserv.asked();
    // How each looks at what it pushed may come between the other's steps.
    asked.retain(|line| !line.contains("/new-"));
    assert_eq!(asked, [list, post, "GET /health", list, post, "GET /health"]);

    let state = tempfile::tempdir().unwrap();
    let cancel = CancellationToken::new();
    let turn =
        Turn::wait(state.path(), MSERV_LOCK, || panic!("nobody has it"), &cancel).await.unwrap();
    // The second waits until the first is dropped.
    let first = Mutex::new(Some(turn));
    Turn::wait(state.path(), MSERV_LOCK, || drop(first.lock().unwrap().take()), &cancel)
        .await
        .unwrap();
    assert!(first.lock().unwrap().is_none());
}

/// A bundle whose upload takes many pieces.
fn large(home: &Home) -> Bundle {
    let mut bytes = vec![0_u8; 24 << 20];
    getrandom::fill(&mut bytes).unwrap();
    home.write("f.bin", &bytes);
    home.write(
        "manifest.json",
        r#"{"file_list":["f.bin"],"custom_middleware":{"driver":"grpc","pre":[{"name":"A"}]}}"#,
    );
    let ran = home.run(&["build", "-y", "-o", "large.zip"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    check(&home.project().join("large.zip")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_tells_of_its_bytes_and_is_cancelled_half_way() {
    let home = Home::new();
    let large = large(&home);
    // A server that answers the list, reads a little of the upload, and then nothing more.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let cancel = CancellationToken::new();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        let empty = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 39\r\n\r\n\
                     {\"Payload\":[],\"Status\":\"ok\",\"Error\":\"\"}";
        stream.write_all(empty.as_bytes()).await.unwrap();
        drop(stream);
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 1 << 20];
        stream.read_exact(&mut head).await.unwrap();
        (stream, head)
    });
    let told = Arc::new(Mutex::new(Vec::new()));
    let (log, token) = (Arc::clone(&told), cancel.clone());
    let tell: Tell = Arc::new(move |what, progress| {
        log.lock().unwrap().push((what, progress));
        if progress.done > 1 << 20 {
            token.cancel();
        }
    });
    let desk = Desk::new(client(&url), tell, cancel);
    let problem = desk.push(&large, None, false).await.unwrap_err();
    assert_eq!(
        (problem.kind, problem.what.as_str()),
        (Kind::Interrupted, "cancelled: nothing was stored")
    );
    let told = told.lock().unwrap().clone();
    let done: Vec<u64> = told.iter().map(|(_, progress)| progress.done).collect();
    assert!(done.is_sorted() && !done.is_empty(), "{done:?}");
    assert!(told.iter().all(|it| it.0 == "uploading" && it.1.total == Some(large.bytes)));
    // Streamed: what nobody reads is not taken into memory.
    assert!(done.iter().all(|done| *done < large.bytes), "{done:?}");
    // The connection is closed: the server sees the end of what was sent.
    let (mut stream, _) = server.await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!((rest.len() as u64) < large.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_was_sent_whole_before_it_was_cancelled_is_deleted_again() {
    let mserv = Mserv::start();
    let cancel = CancellationToken::new();
    let token = cancel.clone();
    let tell: Tell = Arc::new(move |_, progress| {
        if progress.total == Some(progress.done) {
            token.cancel();
        }
    });
    let desk = Desk::new(client(&mserv.url()), tell, cancel);
    let problem = desk.push(&bundle("python-auth.zip"), None, false).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Interrupted, "{problem}");
    assert!(problem.what.contains("deleted again"), "{problem}");
    assert_eq!(mserv.ids(), [""; 0]);
    assert!(!Path::new("python-auth.zip").exists());
}
