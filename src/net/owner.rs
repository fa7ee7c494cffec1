//! Which process holds a socket, as far as this machine tells: from `/proc` on Linux (proc(5)); nothing elsewhere.

use std::fmt;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

/// Who holds a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A process whose files we may look at.
    Process {
        /// Its name, as `ps` shows it.
        name: String,
        /// Its number.
        pid: u32,
    },
    /// A process of another user, or in another container.
    User(u32),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process { name, pid } => write!(f, "{name} (pid {pid})"),
            Self::User(uid) => write!(f, "a process of user {uid}"),
        }
    }
}

/// A line of `/proc/net/tcp`, as far as it matters.
struct Listening {
    address: SocketAddr,
    uid: u32,
    inode: u64,
}

/// Who listens on this address, or on its port at every address.
pub(super) fn of_port(address: SocketAddr) -> Option<Owner> {
    let listening = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|text| text.lines().filter_map(listening).collect::<Vec<_>>())
        .find(|entry| excludes(entry.address, address))?;
    Some(process(listening.inode).unwrap_or(Owner::User(listening.uid)))
}

/// Who listens on this Unix socket.
pub(super) fn of_socket(path: &Path) -> Option<Owner> {
    let table = fs::read_to_string("/proc/net/unix").ok()?;
    let path = path.to_str()?;
    table.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        (fields.get(7) == Some(&path))
            .then(|| fields.get(6)?.parse().ok())
            .flatten()
            .and_then(process)
    })
}

/// Whether a listener at `held` keeps one from `wanted`.
fn excludes(held: SocketAddr, wanted: SocketAddr) -> bool {
    held.port() == wanted.port()
        && (held.ip() == wanted.ip() || held.ip().is_unspecified() || wanted.ip().is_unspecified())
}

/// `sl local_address rem_address st … uid timeout inode`; 0A is `TCP_LISTEN`.
fn listening(line: &str) -> Option<Listening> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    (fields.get(3) == Some(&"0A")).then_some(())?;
    let (address, port) = fields.get(1)?.split_once(':')?;
    Some(Listening {
        address: SocketAddr::new(ip(address)?, u16::from_str_radix(port, 16).ok()?),
        uid: fields.get(7)?.parse().ok()?,
        inode: fields.get(9)?.parse().ok()?,
    })
}

/// The kernel prints an address as 32-bit words in the machine's own byte order.
fn ip(hex: &str) -> Option<IpAddr> {
    let word = |at: usize| {
        u32::from_str_radix(hex.get(at * 8..at * 8 + 8)?, 16).ok().map(u32::to_ne_bytes)
    };
    match hex.len() {
        8 => Some(Ipv4Addr::from(word(0)?).into()),
        32 => {
            let words = [word(0)?, word(1)?, word(2)?, word(3)?];
            let bytes: [u8; 16] = words.concat().try_into().ok()?;
            Some(Ipv6Addr::from(bytes).to_canonical())
        }
        _ => None,
    }
}

/// The process that has the socket of this inode open, among those whose files we may look at.
fn process(inode: u64) -> Option<Owner> {
    let wanted = format!("socket:[{inode}]");
    fs::read_dir("/proc").ok()?.filter_map(Result::ok).find_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let has = fs::read_dir(entry.path().join("fd")).ok()?.filter_map(Result::ok).any(|fd| {
            fs::read_link(fd.path()).is_ok_and(|target| target.as_os_str() == wanted.as_str())
        });
        has.then(|| {
            let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            // A process names itself: nothing of it may steer the terminal.
            let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
            Owner::Process { name, pid }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn reads_the_kernels_table() {
        let line = "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1";
        let entry = listening(line).unwrap();
        assert_eq!(entry.address, "127.0.0.1:8000".parse().unwrap());
        assert_eq!((entry.uid, entry.inode), (1000, 4711));
        assert!(listening(&line.replace(" 0A ", " 01 ")).is_none(), "a connection is no listener");
        assert_eq!(ip("00000000000000000000000001000000"), Some("::1".parse().unwrap()));
        assert_eq!(ip("0000000000000000FFFF00000100007F"), Some("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn a_listener_everywhere_excludes_one_here() {
        let here: SocketAddr = "127.0.0.1:1".parse().unwrap();
        assert!(excludes("0.0.0.0:1".parse().unwrap(), here));
        assert!(excludes("[::]:1".parse().unwrap(), here));
        assert!(!excludes("10.0.0.1:1".parse().unwrap(), here));
        assert!(!excludes("127.0.0.1:2".parse().unwrap(), here));
    }
}
