using System.IO.Pipelines;

namespace Molino.Runtime.Tests.Transport;

/// <summary>Two ends of a connection in memory.</summary>
public sealed class PipePair
{
    private readonly Pipe _there = new();
    private readonly Pipe _back = new();

    public PipePair()
    {
        Near = new End(_back.Reader, _there.Writer);
        Far = new End(_there.Reader, _back.Writer);
    }

    public IDuplexPipe Near { get; }

    public IDuplexPipe Far { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
