//! The `pack` program.

fn main() -> std::process::ExitCode {
    pack::cli::run(std::env::args_os())
}
