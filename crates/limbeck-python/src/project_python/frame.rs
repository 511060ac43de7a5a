//! Frames on the two pipes: four bytes of length, most significant first, then JSON. Must not know what they say.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Writes one frame.
///
/// # Errors
/// When the other side is gone, or for more than 4 GiB.
pub(super) async fn write(
    pipe: &mut (impl AsyncWrite + Unpin),
    message: &impl serde::Serialize,
) -> io::Result<()> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, message)?;
    let length = u32::try_from(frame.len() - 4)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "more than 4 GiB in one answer"))?;
    frame[..4].copy_from_slice(&length.to_be_bytes());
    pipe.write_all(&frame).await
}

/// Reads one frame; `None` when the other side is gone.
///
/// # Errors
/// When the pipe breaks, also in the middle of a frame.
pub(super) async fn read(pipe: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if pipe.read(&mut length[..1]).await? == 0 {
        return Ok(None);
    }
    pipe.read_exact(&mut length[1..]).await?;
    let length = u64::from(u32::from_be_bytes(length));
    let mut frame = Vec::new();
    // Grows with what comes, not with what is announced.
    pipe.take(length).read_to_end(&mut frame).await?;
    if frame.len() as u64 == length {
        Ok(Some(frame))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn frames_come_back_and_a_cut_one_is_an_error() {
        let mut pipe = Vec::new();
        super::write(&mut pipe, &"héllo").await.unwrap();
        super::write(&mut pipe, &[1, 2]).await.unwrap();
        let mut read = pipe.as_slice();
        assert_eq!(
            super::read(&mut read).await.unwrap().unwrap(),
            "\"héllo\"".as_bytes()
        );
        assert_eq!(super::read(&mut read).await.unwrap().unwrap(), b"[1,2]");
        assert_eq!(super::read(&mut read).await.unwrap(), None);
        let mut cut = &pipe[..6];
        assert!(super::read(&mut cut).await.is_err());
    }
}
