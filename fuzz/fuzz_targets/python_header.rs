//! Any bytes are read or refused as the head of a Python script.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use limbeck::script::python::read_python_header;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_python_header(Path::new("a.py"), bytes);
});
