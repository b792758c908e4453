//! Memory for whole files, which the system has back as soon as nobody needs them: an allocator
//! would hold on to it, and a large pack would be in memory more often than it has to be.

use bytes::Bytes;
use memmap2::MmapMut;

/// Memory comes from the system in pieces of this many bytes at best, which are its large pages.
const LARGE: usize = 2 << 20;

/// So many bytes as `fill` makes of zeros.
///
/// # Errors
/// Those of `fill`.
pub(crate) fn filled<E>(
    length: usize,
    fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
) -> Result<Bytes, E> {
    match (length >= LARGE).then(|| MmapMut::map_anon(length.next_multiple_of(LARGE))) {
        Some(Ok(mut own)) => {
            // In large pages it comes faster; in small ones it comes as well.
            #[cfg(target_os = "linux")]
            let _ = own.advise(memmap2::Advice::HugePage);
            fill(&mut own[..length])?;
            Ok(Bytes::from_owner(own).slice(..length))
        }
        _ => {
            let mut bytes = vec![0; length];
            fill(&mut bytes)?;
            Ok(bytes.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_was_filled_with() {
        for length in [0, 1, LARGE - 1, LARGE, LARGE + 1] {
            let bytes = filled(length, |bytes| {
                assert!(bytes.iter().all(|byte| *byte == 0));
                bytes.fill(7);
                Ok::<_, ()>(())
            });
            assert_eq!(bytes, Ok(Bytes::from(vec![7; length])), "{length}");
            assert_eq!(filled(length, |_| Err("no")), Err("no"), "{length}");
        }
    }
}
