//! Odd PDFs, broken further: `mutate FOLDER MINUTES [SEED]` takes the files below a folder, changes
//! bytes, cuts, repeats, swaps words of PDF and splices files, and attaches what comes of it. It
//! needs no nightly compiler. Exit 1: something panicked or took over ten seconds, and the file is
//! left in tests/fuzz/artifacts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Words of PDF that mean something else in each other's place.
const WORDS: [&[u8]; 20] = [
    b"/Kids", b"/Parent", b"/Pages", b"/K ", b"/P ", b"/Pg", b"/Type", b"/Contents", b"/Annots",
    b"/Resources", b"/Dest", b"/First", b"/Next", b"/MCID", b"/Length", b"/Filter", b"/W", b"1 0 R",
    b"2 0 R", b"-1",
];

/// Numbers that look random (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16;
        usize::try_from(number).unwrap_or(0) % most.max(1)
    }
}

fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(8) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(400)).min(bytes.len());
        match dice.roll(6) {
            0 => bytes[at] = dice.roll(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len());
                let piece = other[from..(from + 1 + dice.roll(2_000)).min(other.len())].to_vec();
                bytes.splice(at..end, piece);
            }
            4 => bytes.truncate(at),
            _ => {
                let (from, to) = (WORDS[dice.roll(WORDS.len())], WORDS[dice.roll(WORDS.len())]);
                let found = bytes[at..].windows(from.len()).position(|window| window == from);
                if let Some(found) = found {
                    bytes.splice(at + found..at + found + from.len(), to.iter().copied());
                }
            }
        }
    }
    bytes
}

fn gather(folder: &Path, seeds: &mut Vec<Vec<u8>>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, seeds);
        } else if let Ok(bytes) = std::fs::read(&path)
            && (1..300_000).contains(&bytes.len())
        {
            seeds.push(bytes);
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, minutes, rest @ ..] = arguments.as_slice() else {
        eprintln!("mutate FOLDER MINUTES [SEED]");
        std::process::exit(2);
    };
    let minutes: u64 = minutes.parse().expect("a number of minutes");
    let seed: u64 = rest.first().map_or(1, |seed| seed.parse().expect("a number"));
    let mut seeds = Vec::new();
    gather(Path::new(folder), &mut seeds);
    assert!(!seeds.is_empty(), "no files below {folder}");
    let seeds = Arc::new(seeds);
    let (runs, faults) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let workers: Vec<_> = (0..threads as u64)
        .map(|worker| {
            let (seeds, runs, faults) = (seeds.clone(), runs.clone(), faults.clone());
            std::thread::spawn(move || {
                let start = (seed * 1_000 + worker).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let mut dice = Dice(start | 1);
                while Instant::now() < end {
                    let bytes = mutated(&seeds, &mut dice);
                    let start = Instant::now();
                    let result = std::panic::catch_unwind(|| pack_fuzz::attach(&bytes));
                    let run = runs.fetch_add(1, Ordering::Relaxed);
                    let slow = start.elapsed() > Duration::from_secs(10);
                    if result.is_err() || slow {
                        faults.fetch_add(1, Ordering::Relaxed);
                        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artifacts");
                        let _ = std::fs::create_dir_all(&folder);
                        let name = format!("{seed}-{worker}-{run}{}.pdf", if slow { "-slow" } else { "" });
                        let _ = std::fs::write(folder.join(name), &bytes);
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
    let (runs, faults) = (runs.load(Ordering::Relaxed), faults.load(Ordering::Relaxed));
    println!("{runs} files in {minutes} minutes, {faults} faults");
    std::process::exit(i32::from(faults > 0));
}
