//! The `pack` program.

/// A build frees a hundred megabytes several times over: the system's allocator keeps them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    pack::cli::run(std::env::args_os())
}
