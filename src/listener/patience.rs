use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Duration, Instant, Sleep, sleep_until};

use super::abort::Abort;
use super::settings::Patience;
use super::under_way::UnderWay;

/// How long a client of HTTP/2 has to answer a goodbye, and to take any more of what is left for it.
const GOODBYE: Duration = Duration::from_secs(2);

/// A connection on which each wait for the client has an end.
///
/// It has one timer, which is set anew when it goes off, and earlier only for a wait that is shorter than
/// the one it is set for: a request that comes whole and is answered does not touch it.
pub struct Patient<S> {
    inner: S,
    under_way: UnderWay,
    patience: Patience,
    /// Since when a head is coming, and how many requests had begun by then.
    head: Option<(Instant, u64)>,
    /// Since when the client takes nothing of what is written.
    blocked: Option<Instant>,
    timer: Pin<Box<Sleep>>,
    /// How many answers are known to have gone out whole; `None`: not looked at.
    flushed: Option<u64>,
    /// Why it ended, where it was we who ended it.
    ended: Option<Ended>,
}

/// How a wait ended that took too long, or what was swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The rest of a head did not come.
    HeadTooLate,
    /// The client took nothing of its answer.
    NotTaken,
    /// hyper's own refusal was kept back: it has no body. Ours goes out in its place.
    Refused,
}

impl<S> Patient<S> {
    /// One on which HTTP/1 is spoken: what hyper refuses by itself is kept back.
    pub fn http1(inner: S, under_way: UnderWay, patience: Patience) -> Self {
        Self { flushed: Some(0), ..Self::http2(inner, under_way, patience) }
    }

    /// One on which HTTP/2 is spoken.
    pub fn http2(inner: S, under_way: UnderWay, patience: Patience) -> Self {
        let timer = Box::pin(sleep_until(Instant::now() + patience.idle.min(patience.answer)));
        let (head, blocked, flushed, ended) = (None, None, None, None);
        Self { inner, under_way, patience, head, blocked, timer, flushed, ended }
    }

    /// The connection itself, and how it ended, where it was we who ended it.
    pub fn into_inner(self) -> (S, Option<Ended>) {
        (self.inner, self.ended)
    }

    /// What is waited for, and until when.
    fn due(&self) -> Option<(Instant, Option<Ended>)> {
        if let Some(since) = self.blocked {
            return Some((since + self.patience.answer, Some(Ended::NotTaken)));
        }
        if self.under_way.any() {
            let only_sends = self.under_way.only_sends();
            return only_sends.then(|| (self.under_way.last() + self.patience.answer, Some(Ended::NotTaken)));
        }
        if self.under_way.is_closing() {
            return Some((self.under_way.last() + GOODBYE, None));
        }
        Some(match self.head {
            Some((since, begun)) if begun == self.under_way.begun() => {
                (since + self.patience.head, Some(Ended::HeadTooLate))
            }
            _ => (self.under_way.last() + self.patience.idle, None),
        })
    }

    /// Ready when a wait has been too long: with its end, or without one for a connection that is not used.
    fn poll_overdue(&mut self, cx: &mut Context<'_>) -> Poll<Option<Ended>> {
        // A wait that is shorter than what the timer is set for. That answers are taken is looked at when it
        // goes off: they are, but for the rare client.
        if (self.blocked.is_some() || self.head.is_some() || self.under_way.is_closing())
            && let Some((due, _)) = self.due()
            && due < self.timer.deadline()
        {
            self.timer.as_mut().reset(due);
        }
        loop {
            ready!(self.timer.as_mut().poll(cx));
            let now = Instant::now();
            match self.due() {
                Some((due, ended)) if due <= now => return Poll::Ready(ended),
                Some((due, _)) => self.timer.as_mut().reset(due.min(now + self.patience.answer)),
                // While a request is at work the timer only goes on: hyper does not read again when the
                // answer is out, if its last read waits still, and nobody else would look at the clock.
                None => self.timer.as_mut().reset(now + self.patience.answer),
            }
        }
    }

    /// Whether there is nothing more to do, nothing left to be written, and no goodbye to be said. HTTP/2 has
    /// one, and may still have the end of an answer that the client has no room for.
    fn is_over(&self) -> bool {
        let has_nothing_left = match self.flushed {
            Some(flushed) => flushed == self.under_way.answered(),
            None => self.under_way.begun() == 0,
        };
        self.under_way.is_closing() && !self.under_way.any() && has_nothing_left
    }

    fn end(&mut self, ended: Ended) -> io::Error
    where
        S: Abort,
    {
        if ended == Ended::NotTaken {
            self.inner.abort();
        }
        self.ended = Some(ended);
        io::ErrorKind::TimedOut.into()
    }

    /// Whether what is about to be written is none of our answers: all of those have gone out whole.
    fn is_refusal(&self) -> bool {
        self.flushed == Some(self.under_way.answered()) && !self.under_way.any()
    }

    fn written<T>(&mut self, polled: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>>
    where
        S: Abort,
    {
        if polled.is_ready() {
            self.blocked = None;
            if self.under_way.is_closing() {
                self.under_way.note();
            }
            return polled;
        }
        self.blocked.get_or_insert_with(Instant::now);
        match self.poll_overdue(cx) {
            Poll::Ready(_) => Poll::Ready(Err(self.end(Ended::NotTaken))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Abort + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut this.inner).poll_read(cx, buffer);
        if polled.is_ready() {
            if this.flushed.is_some() && buffer.filled().len() > before && !this.under_way.any() {
                let begun = this.under_way.begun();
                if this.head.is_none_or(|(_, then)| then != begun) {
                    this.head = Some((Instant::now(), begun));
                }
            }
            return polled;
        }
        if this.is_over() {
            // An end, as if the client had hung up.
            return Poll::Ready(Ok(()));
        }
        match this.poll_overdue(cx) {
            Poll::Ready(Some(ended)) => Poll::Ready(Err(this.end(ended))),
            Poll::Ready(None) if this.under_way.is_closing() => Poll::Ready(Ok(())),
            // Whoever drives the connection is told, and says goodbye where the protocol has a word for it.
            Poll::Ready(None) => {
                this.under_way.note();
                this.under_way.close();
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Abort + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.is_refusal() {
            this.ended = Some(Ended::Refused);
            return Poll::Ready(Ok(bytes.len()));
        }
        let polled = Pin::new(&mut this.inner).poll_write(cx, bytes);
        this.written(polled, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        if this.is_refusal() {
            this.ended = Some(Ended::Refused);
            return Poll::Ready(Ok(parts.iter().map(|part| part.len()).sum()));
        }
        let polled = Pin::new(&mut this.inner).poll_write_vectored(cx, parts);
        this.written(polled, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    /// hyper flushes when it has written all that it had.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Under TLS this is where a client is waited for that takes nothing.
        let polled = Pin::new(&mut self.inner).poll_flush(cx);
        ready!(self.written(polled, cx))?;
        if self.flushed.is_some() && !self.under_way.any() {
            self.flushed = Some(self.under_way.answered());
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.ended {
            Some(Ended::Refused) => Poll::Ready(Ok(())),
            _ => {
                let polled = Pin::new(&mut self.inner).poll_shutdown(cx);
                self.written(polled, cx)
            }
        }
    }
}
