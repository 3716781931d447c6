using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.Notices;

/// <summary>
/// What other silos did that matters here, published by the step that did it: the end of a job that is waited for here, a stop asked of a job that runs
/// here. Each silo subscribes to a channel of its own. All are hints: what is published while the connection is away is lost.
/// </summary>
internal sealed class SiloNotices : IAsyncDisposable
{
    /// <summary>Bytes of a notice: its kind, and the job's id.</summary>
    public const int Length = 1 + JobId.ByteLength;

    private readonly RedisEngine _engine;
    private readonly RedisLink _link;

    /// <summary>Creates what is not open yet.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="dial">Opens a connection that takes messages.</param>
    /// <param name="timeout">How long a command may take.</param>
    public SiloNotices(RedisEngine engine, Func<Action<byte[]>, CancellationToken, Task<RespConnection>> dial, TimeSpan timeout)
    {
        _engine = engine;
        _link = new RedisLink(stop => SubscribeAsync(dial, stop), timeout, _ => { });
    }

    /// <summary>Opens the channel; from then on it keeps itself open.</summary>
    /// <exception cref="StoreException">It cannot be opened: the user lacks the right to subscribe, perhaps.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _link.OpenAsync(null, cancellationToken);

    /// <summary>Notes that this silo waits for a job's end.</summary>
    public void Watch(JobId job) => Note(job, "1");

    /// <summary>Takes the note back.</summary>
    public void Unwatch(JobId job) => Note(job, "0");

    /// <summary>Asks the server for a sign of life: a connection that only listens would not notice that the other end is gone.</summary>
    /// <exception cref="StoreException">There is none; the connection is opened again.</exception>
    public Task LookAsync(CancellationToken cancellationToken) => _link.ReadAsync(new RespCommand("PING"), cancellationToken);

    /// <summary>Writes a notice.</summary>
    public static void Write(JobNotice notice, Span<byte> bytes)
    {
        bytes[0] = (byte)notice.Kind;
        notice.Job.WriteBytes(bytes[1..]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async Task<RespConnection> SubscribeAsync(Func<Action<byte[]>, CancellationToken, Task<RespConnection>> dial, CancellationToken stop)
    {
        var connection = await dial(OnMessage, stop).ConfigureAwait(false);
        try
        {
            await Dialer.AskAsync(connection, RespCommand.Of("SUBSCRIBE", _engine.Keys.Notices(_engine.Silo))).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void OnMessage(byte[] bytes)
    {
        if (bytes.Length == Length) _engine.Tell(new JobNotice(JobId.FromBytes(bytes.AsSpan(1)), (JobNoticeKind)bytes[0]));
    }

    private void Note(JobId job, string on)
    {
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        job.WriteBytes(id);
        var values = new RespArguments().Add(id).Add(_engine.Silo).Add(on);
        _ = SendAsync(StoreScript.Watch.Call([_engine.Keys.Waits], values));
    }

    /// <summary>A note that does not arrive costs the speed of a hint, nothing else.</summary>
    private async Task SendAsync(RespCommand command)
    {
        try
        {
            await _engine.Jobs.SendAsync(command, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or ConnectionLostException)
        {
            Writing.Log.NoteLost(_engine.Logger, error.Message);
        }
    }
}
