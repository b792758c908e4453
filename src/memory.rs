//! Memory for whole files that goes back to the system as soon as it is not needed: an allocator would
//! hold on to it, and a large pack would take more memory than it has to.

use bytes::Bytes;
use memmap2::MmapMut;

/// The size of the system's large pages; files of at least this many bytes get memory of their own.
const LARGE: usize = 2 << 20;

/// Makes so many bytes: `fill` gets zeros to overwrite.
///
/// # Errors
/// Returns the error of `fill`.
pub(crate) fn filled<E>(
    length: usize,
    fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
) -> Result<Bytes, E> {
    match (length >= LARGE).then(|| MmapMut::map_anon(length.next_multiple_of(LARGE))) {
        Some(Ok(mut own)) => {
            // Large pages are faster. If there are none, small ones do.
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
