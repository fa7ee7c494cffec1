use super::*;

#[test]
fn stub() {}
