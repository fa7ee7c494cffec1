//! What is generated from `proto/` is what is committed.

use std::path::{Path, PathBuf};

use prost_reflect::DescriptorPool;
use tyk_tui::domain::object::DESCRIPTORS;

const FILES: [&str; 6] = [
    "coprocess_common.proto",
    "coprocess_mini_request_object.proto",
    "coprocess_object.proto",
    "coprocess_response_object.proto",
    "coprocess_return_overrides.proto",
    "coprocess_session_state.proto",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The generated code, made from the descriptors in a folder.
fn code(folder: &Path) -> String {
    let set = protox::compile(FILES, [root().join("proto")]).unwrap();
    prost_build::Config::new().btree_map(["."]).out_dir(folder).compile_fds(set).unwrap();
    std::fs::read_to_string(folder.join("coprocess.rs")).unwrap()
}

/// The descriptors without comments and places, as reflection serves them.
fn descriptors() -> Vec<u8> {
    let mut compiler = protox::Compiler::new([root().join("proto")]).unwrap();
    compiler.include_imports(true).include_source_info(false);
    compiler.open_files(FILES).unwrap();
    compiler.encode_file_descriptor_set()
}

/// With `TYK_TUI_REGENERATE=1` in the environment, writes them instead.
#[test]
fn generated_code_and_descriptors_are_those_of_the_proto_files() {
    let folder = tempfile::tempdir().unwrap();
    let (code, descriptors) = (code(folder.path()), descriptors());
    let (code_file, descriptor_file) =
        (root().join("src/domain/object/coprocess.rs"), root().join("proto/coprocess.bin"));
    if std::env::var_os("TYK_TUI_REGENERATE").is_some() {
        std::fs::write(code_file, code).unwrap();
        std::fs::write(descriptor_file, descriptors).unwrap();
        return;
    }
    assert!(code.contains("@generated"));
    assert_eq!(std::fs::read_to_string(code_file).unwrap(), code);
    assert_eq!(DESCRIPTORS, descriptors);
    assert_eq!(std::fs::read(descriptor_file).unwrap(), descriptors);
}

#[test]
fn every_file_is_there_by_the_name_that_reflection_is_asked_for() {
    let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
    let mut names: Vec<_> = pool.files().map(|file| file.name().to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, FILES);
    let service = pool.get_service_by_name("coprocess.Dispatcher").unwrap();
    assert_eq!(service.methods().count(), 2);
}
