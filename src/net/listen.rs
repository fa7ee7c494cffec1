//! Binding: what can go wrong is said in words, with who has the address where that can be known.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use tokio::net::{TcpListener, UnixListener, UnixStream};

use super::owner;
use crate::domain::task::Problem;

/// Binds `host:port`; `host` may be a name, then its addresses are tried in turn.
pub async fn tcp(host: &str, port: u16) -> Result<TcpListener, Problem> {
    let name =
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, port))
        .await
        .map_err(|error| {
            Problem::failed(format!("cannot find the address of `{host}`: {error}")).at(&name)
        })?
        .collect();
    match TcpListener::bind(addresses.as_slice()).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let by = addresses.iter().find_map(|address| owner::of_port(*address));
            Err(Problem::failed(match by {
                Some(owner) => format!("the port is in use by {owner}"),
                None => "the port is in use".to_owned(),
            })
            .at(name)
            .help("stop that program, or choose another port with --listen"))
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(Problem::failed(format!("this user may not listen on port {port}"))
                .at(name)
                .help("choose a port above 1023 with --listen"))
        }
        Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
            Err(Problem::failed("no network of this machine has this address").at(name).help(
                "listen on 127.0.0.1 for this machine alone, or on 0.0.0.0 for every network that it is on",
            ))
        }
        Err(error) => Err(Problem::failed(format!("cannot listen: {error}")).at(name)),
    }
}

/// Binds a Unix socket. A socket file that nobody listens on any more (its server was killed) is replaced; a file of
/// another kind is never touched.
pub async fn unix(path: &Path) -> Result<UnixListener, Problem> {
    use std::os::unix::fs::FileTypeExt as _;
    let place = format!("unix:{}", path.display());
    match UnixListener::bind(path) {
        Ok(listener) => return Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
        Err(error) => return Err(Problem::failed(format!("cannot listen: {error}")).at(place)),
    }
    let is_socket =
        std::fs::symlink_metadata(path).is_ok_and(|facts| facts.file_type().is_socket());
    if !is_socket {
        return Err(Problem::failed("a file of another kind is there")
            .at(place)
            .help("name another path"));
    }
    let refused = UnixStream::connect(path)
        .await
        .is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
    if !refused {
        let by = owner::of_socket(path);
        return Err(Problem::failed(match by {
            Some(owner) => format!("the socket is in use by {owner}"),
            None => "the socket is in use".to_owned(),
        })
        .at(place)
        .help("stop that program, or name another path"));
    }
    std::fs::remove_file(path)
        .and_then(|()| UnixListener::bind(path))
        .map_err(|error| Problem::failed(format!("cannot listen: {error}")).at(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_said_with_its_owner() {
        let taken = tcp("127.0.0.1", 0).await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let problem = tcp("127.0.0.1", port).await.unwrap_err();
        assert_eq!(problem.place, Some(format!("127.0.0.1:{port}")));
        assert!(problem.what.starts_with("the port is in use"), "{problem}");
        if cfg!(target_os = "linux") {
            let pid = format!("(pid {})", std::process::id());
            assert!(problem.what.ends_with(&pid), "{problem}");
        }
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_said() {
        let problem = tcp("192.0.2.1", 0).await.unwrap_err();
        assert!(problem.what.contains("no network of this machine"), "{problem}");
    }

    #[tokio::test]
    async fn a_dead_socket_is_replaced_a_live_one_and_a_file_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s");
        let live = unix(&path).await.unwrap();
        let problem = unix(&path).await.unwrap_err();
        assert!(problem.what.starts_with("the socket is in use"), "{problem}");
        if cfg!(target_os = "linux") {
            assert!(problem.what.contains("(pid "), "{problem}");
        }
        drop(live);
        drop(unix(&path).await.unwrap());

        let file = folder.path().join("f");
        std::fs::write(&file, "mine").unwrap();
        assert!(unix(&file).await.is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
}
