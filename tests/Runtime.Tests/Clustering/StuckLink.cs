using System.IO.Pipelines;
using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>A connection of a silo whose other side reads only when the test does: until then all but the first message wait.</summary>
internal sealed class StuckLink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe _out = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));

    // Read within the call that writes, so that a write which is not read at once is held back.
    private readonly Pipe _in = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));

    private StuckLink(TestSilo silo, string other, bool isClient)
    {
        var cluster = silo.Silo.Cluster!;
        var introduction = new Introduction(Introduction.CurrentVersion, "test", isClient, other, 99, string.Empty, Introduction.NewNonce());
        Link = new Link(new End(_in.Reader, _out.Writer), introduction, cluster, cluster.Transport, silo.Silo.Codecs, cluster.Time);
    }

    public Link Link { get; }

    public static async Task<StuckLink> OpenAsync(TestSilo silo, string other, bool isClient = false)
    {
        var stuck = new StuckLink(silo, other, isClient);
        stuck.Link.TrySend(KeepAlive);
        var written = await stuck._out.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        stuck._out.Reader.AdvanceTo(written.Buffer.Start); // looked at, not taken: the writer goes on waiting
        return stuck;
    }

    /// <summary>Lets messages wait that nobody else counts.</summary>
    public void Fill(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Link.TrySend(KeepAlive);
        }
    }

    /// <summary>Sends a message from the other side; ends when it has been read.</summary>
    public async Task SendAsync()
    {
        Frames.WriteHeader(_in.Writer.GetSpan(Frames.HeaderLength), FrameType.KeepAlive, 0);
        _in.Writer.Advance(Frames.HeaderLength);
        await _in.Writer.FlushAsync();
    }

    /// <summary>Reads until a number of frames of a type have come, and returns the types of all.</summary>
    public async Task<List<FrameType>> ReadAsync(FrameType wanted, int count)
    {
        var types = new List<FrameType>();
        while (types.Count(type => type == wanted) < count)
        {
            var read = await _out.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            var buffer = read.Buffer;
            while (Frames.TryTake(ref buffer, int.MaxValue, out var type, out _))
            {
                types.Add(type);
            }

            _out.Reader.AdvanceTo(buffer.Start, buffer.End);
        }

        return types;
    }

    /// <summary>Runs the connection to its end.</summary>
    public Task EndAsync()
    {
        Link.Close(new IOException("ended by the test"));
        return Link.RunAsync();
    }

    private static Outbound KeepAlive => new(FrameType.KeepAlive, null, 0, 0);

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
