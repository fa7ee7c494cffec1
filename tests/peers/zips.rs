//! Python's zipfile: bundles that it makes verify.

use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn ours(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tyk-tui"))
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs a foreign program; its output on success.
fn theirs(folder: &TempDir, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Python writes what a Gateway accepts in more ways than we do: folders, descriptors, zip64, comments.
#[test]
#[ignore = "peers: python3"]
fn bundles_made_by_python_verify() {
    let python = std::env::var("TYK_TUI_PEERS_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = r"
import hashlib, io, json, zipfile
class Pipe(io.RawIOBase):  # cannot seek back, so that sizes go into descriptors
    def __init__(self, path): self.file = open(path, 'wb')
    def writable(self): return True
    def write(self, data): return self.file.write(data)
    def close(self): self.file.close()
def make(path, target, method, zip64=False, comment=b''):
    files = [('a.txt', b'alpha\n' * 1000), ('d/b.txt', b'beta\n')]
    manifest = {'file_list': [name for name, _ in files],
                'custom_middleware': {'pre': [{'name': 'P'}], 'driver': 'grpc'},
                'checksum': hashlib.md5(b''.join(data for _, data in files)).hexdigest()}
    with zipfile.ZipFile(target, 'w', method) as bundle:
        bundle.comment = comment
        bundle.writestr('d/', b'')
        for name, data in files + [('manifest.json', json.dumps(manifest).encode())]:
            with bundle.open(name, 'w', force_zip64=zip64) as entry: entry.write(data)
make('stored.zip', 'stored.zip', zipfile.ZIP_STORED)
make('deflated.zip', 'deflated.zip', zipfile.ZIP_DEFLATED, comment=b'c' * 60000)
make('zip64.zip', 'zip64.zip', zipfile.ZIP_DEFLATED, zip64=True)
make('bzip2.zip', 'bzip2.zip', zipfile.ZIP_BZIP2)
for name, method in (('piped.zip', zipfile.ZIP_DEFLATED), ('piped-stored.zip', zipfile.ZIP_STORED)):
    pipe = Pipe(name)
    make(name, pipe, method)
    pipe.close()
";
    let folder = tempfile::tempdir().unwrap();
    theirs(&folder, &python, &["-c", script]);
    for name in ["stored", "deflated", "zip64", "piped", "piped-stored"] {
        let verified = ours(&folder, &["verify", &format!("{name}.zip")]);
        assert!(verified.status.success(), "{name}: {verified:?}");
    }
    let refused = ours(&folder, &["verify", "bzip2.zip"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("unsupported compression algorithm"));
}
