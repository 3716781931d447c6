namespace Molino.Runtime.Transport;

/// <summary>
/// Holds back the reading from a client while too many messages wait to be sent to it: who asks faster than it reads the answers would have the silo
/// keep them all. For clients only, which never stop reading: of two silos that both held back, each would wait for the other to read its answers.
/// </summary>
/// <param name="outbox">What waits to be sent.</param>
internal sealed class ReadingPace(Outbox outbox)
{
    private TaskCompletionSource? _room;

    /// <summary>Gets a value indicating whether reading waits.</summary>
    public bool IsHeld => Volatile.Read(ref _room) is not null;

    /// <summary>Waits until there is room for answers. Used by the receiving loop only.</summary>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>A task.</returns>
    public async ValueTask WhenRoomAsync(CancellationToken cancellationToken)
    {
        while (outbox.IsFull)
        {
            var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _room, room);

            // Looked at again: the sending loop may have made room before it could see that somebody waits.
            if (outbox.IsFull)
            {
                await room.Task.WaitAsync(cancellationToken);
            }

            Volatile.Write(ref _room, null);
        }
    }

    /// <summary>Messages were sent. Used by the sending loop.</summary>
    public void OnSent()
    {
        if (!outbox.IsFull)
        {
            Volatile.Read(ref _room)?.TrySetResult();
        }
    }
}
